extension BoardTable {
  /// The board with this id, whatever its case.
  ///
  /// - Throws: `BoardError.unknownBoard` with the ids that look like it.
  package func board(id: String) throws(BoardError) -> Board {
    guard let index = index(of: id) else {
      throw .unknownBoard(id: id, suggestions: suggestions(for: id))
    }
    return boards[index]
  }

  /// The boards whose id, name, microcontroller or core contains every word of `text`, whatever its case.
  ///
  /// A text without words gives all boards.
  package func filtered(by text: String) -> [Board] {
    let words = text.lowercased().split(whereSeparator: \.isWhitespace)
    return boards.filter { board in
      let texts = [board.id, board.name, board.mcu, board.core].map { $0.lowercased() }
      return words.allSatisfy { word in texts.contains { $0.contains(word) } }
    }
  }

  /// Up to `limit` ids that someone may have meant by `id`, the likeliest first.
  ///
  /// Small spelling mistakes count first, then ids that contain the text, then boards whose name or microcontroller
  /// does. Letters and digits alone are compared.
  package func suggestions(for id: String, limit: Int = 3) -> [String] {
    let wanted = Self.essence(id)
    guard !wanted.isEmpty else { return [] }
    let scored = boards.indices.compactMap { index in
      score(of: boards[index], for: wanted).map { (score: $0, index: index) }
    }
    return scored.sorted { ($0.score, $0.index) < ($1.score, $1.index) }
      .prefix(limit).map { boards[$0.index].id }
  }

  /// How unlikely it is that `board` was meant, or `nil` when it is out of the question.
  private func score(of board: Board, for wanted: String) -> Int? {
    let id = Self.essence(board.id)
    let distance = editDistance(wanted, id)
    if distance <= max(1, wanted.count / 4) { return distance }
    guard wanted.count >= 3 else { return nil }
    if id.contains(wanted) { return 100 + id.count }
    let isNamed = Self.essence(board.mcu).contains(wanted) || Self.essence(board.name).contains(wanted)
    return isNamed ? 1000 : nil
  }

  /// The letters and digits of `text`, in lower case.
  private static func essence(_ text: String) -> String {
    text.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}
