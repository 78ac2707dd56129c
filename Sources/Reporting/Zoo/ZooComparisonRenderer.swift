package import Zoo

/// What got better and worse, for a terminal or for the comment on a pull request.
package struct ZooComparisonRenderer: Sendable {
  package init() {}

  private static let heads = ["", "model", "board", "old B", "new B", "what changed"]

  package func text(_ comparison: ZooComparison, style: TerminalStyle) -> String {
    var table = TextTable([.left, .left, .left, .right, .right, .left], indent: 0)
    table.add(Self.heads.map { TextTable.Cell($0, .heading) })
    for change in comparison.changes {
      let tone: TerminalStyle.Tone = change.kind == .worse ? .bad : change.kind == .better ? .good : .plain
      table.add(
        cells(change).enumerated().map { TextTable.Cell(DisplayText.sanitized($1), $0 == 0 ? tone : .plain) })
    }
    let lines = comparison.changes.isEmpty ? [] : table.lines(style)
    return style.text(lines + [summary(comparison)])
  }

  /// Characters of a table: GitHub takes comments of up to 65,536.
  private static let characterLimit = 60_000

  /// GitHub's Markdown, worst first; as many changes as a comment has room for.
  package func markdown(_ comparison: ZooComparison) -> String {
    guard !comparison.changes.isEmpty else { return summary(comparison) }
    let order: [ZooComparison.Change.Kind] = [.worse, .better, .new, .gone]
    let rows = order.flatMap { kind in comparison.changes.filter { $0.kind == kind } }.map(cells)
    let lines = [Self.heads, ["---", "---", "---", "--:", "--:", "---"]] + rows
    let table = lines.enumerated().map { index, cells in
      let cells = index < 2 ? cells : cells.map(SheetText.markdownCell)
      return "| \(cells.joined(separator: " | ")) |"
    }
    var (shown, count) = ([summary(comparison), ""], 0)
    for line in table {
      count += line.utf16.count + 1
      guard count <= Self.characterLimit else {
        let left = table.count + 2 - shown.count
        shown += ["", "\(left) more are told by `nnopt zoo compare` without a format."]
        break
      }
      shown.append(line)
    }
    return shown.joined(separator: "\n")
  }

  private func cells(_ change: ZooComparison.Change) -> [String] {
    [
      change.kind.rawValue, change.model, change.board, ZooSheet.bytes(change.oldBytes),
      ZooSheet.bytes(change.newBytes), change.reasons.joined(separator: ", "),
    ]
  }

  private func summary(_ comparison: ZooComparison) -> String {
    func count(_ kind: ZooComparison.Change.Kind) -> Int { comparison.changes.count { $0.kind == kind } }
    return
      "\(count(.worse)) worse, \(count(.better)) better, \(count(.new)) new, \(count(.gone)) gone, \(comparison.equalCount) as before"
  }
}
