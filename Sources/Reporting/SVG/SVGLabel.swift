/// As much of a tensor's name as fits into a rectangle.
///
/// Converters put a layer's path first, the operation last, and fused layers after a semicolon; the
/// path's end tells tensors apart, and the part before the operation better than the operation.
struct SVGLabel: Equatable {
  let text: String
  let detail: Detail

  /// How much a label tells.
  enum Detail: Int, Comparable {
    case none
    case shortened
    case operation
    case layer
    case path

    static func < (left: Detail, right: Detail) -> Bool { left.rawValue < right.rawValue }
  }

  /// Characters below which a name with a part cut out says nothing.
  private static let shortestCut = 9
  private static let longestPath = 400

  /// Makes the fullest label of at most `limit` characters; nil where none says anything.
  init?(_ name: String, limit: Int) {
    let first = name.split(separator: ";").first.map(String.init) ?? name
    let parts = first.suffix(Self.longestPath).split(separator: "/").map(String.init)
    guard let operation = parts.last, limit > 0 else { return nil }
    let paths = parts.indices.dropLast().map { parts[$0...].joined(separator: "/") }
    if let path = ([first] + paths).first(where: { $0.count <= limit }) {
      self.init(text: path, detail: .path)
    } else if let layer = parts.dropLast().last, layer.count <= limit {
      self.init(text: layer, detail: .layer)
    } else if operation.count <= limit {
      self.init(text: operation, detail: .operation)
    } else if limit >= Self.shortestCut {
      self.init(
        text: DisplayText.shortened(parts.dropLast().last ?? operation, to: limit), detail: .shortened)
    } else {
      return nil
    }
  }

  private init(text: String, detail: Detail) {
    self.text = text
    self.detail = detail
  }
}
