package import Boards
import Tensors

/// A board table as text for a terminal.
package struct BoardsTextRenderer: Sendable {
  package let style: TerminalStyle

  package init(style: TerminalStyle) { self.style = style }

  /// One row a board, without a line break at the end.
  package func render(_ boards: [Board]) -> String {
    var table = TextTable(
      [.left, .right, .right, .right, .right, .left, .flexible, .flexible],
      dispensable: [2, 5, 6])
    let header = ["id", "arena up to", "SRAM", "external", "flash", "MHz", "core", "name"]
    table.add(header.map { .init($0, .faint) })
    for board in boards {
      table.add([
        .init(DisplayText.sanitized(board.id), .accent), .init(Figures.binaryBytes(board.availableBytes)),
        .init(Figures.binaryBytes(board.sramBytes)),
        .init(board.psramBytes > 0 ? Figures.binaryBytes(board.psramBytes) : ""),
        .init(board.flashBytes.map(Figures.binaryBytes) ?? "?"),
        .init(board.clockMHz.map(String.init) ?? "?"),
        .init(DisplayText.sanitized(board.core)), .init(DisplayText.sanitized(board.name)),
      ])
    }
    let count = boards.count.counted("board")
    let note = "\(count). 'arena up to' is the largest contiguous block that one arena can use."
    return style.text(table.lines(style) + [""] + style.paragraph(note, tone: .faint))
  }
}
