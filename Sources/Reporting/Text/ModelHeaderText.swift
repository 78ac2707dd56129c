import Workflows

/// What the model is, in the first lines of a report.
struct ModelHeaderText {
  let path: String
  let summary: ModelSummary
  let style: TerminalStyle

  private static let operatorNames = 8
  private static let ports = 4

  var lines: [String] {
    [style.paint(DisplayText.sanitized(path), .heading)]
      + style.paragraph(operators) + style.paragraph(sizes)
      + portLines
  }

  /// As many operator names as a line holds, the most frequent first.
  private var operators: String {
    let count = summary.totalOperatorCount
    let place = summary.graphCount > 1 ? " in \(summary.graphCount) subgraphs" : ""
    let head = "\(Figures.grouped(count)) \(count == 1 ? "operator" : "operators")\(place)"
    guard count > 0 else { return head }
    let lines = (1...min(summary.histogram.count, Self.operatorNames)).map { shown in
      "\(head): \(names(shown).joined(separator: ", "))"
    }
    return lines.last { $0.count + 2 <= style.width } ?? lines[0]
  }

  private func names(_ count: Int) -> [String] {
    let shown = summary.histogram.prefix(count)
      .map { "\(Figures.grouped($0.count)) \(DisplayText.shortened(DisplayText.sanitized($0.name), to: 40))" }
    let rest = summary.histogram.dropFirst(count).reduce(0) { $0 + $1.count }
    return shown + (rest > 0 ? ["\(Figures.grouped(rest)) others"] : [])
  }

  private var sizes: String {
    var parts = [
      "\(Figures.grouped(summary.parameterCount)) parameters",
      "\(Figures.bytes(summary.constantBytes)) of constants",
      Figures.count(summary.multiplyAccumulates, "MACs"),
    ]
    if summary.variableBytes > 0 { parts.append("\(Figures.bytes(summary.variableBytes)) of state") }
    return parts.joined(separator: ", ")
  }

  private var portLines: [String] {
    var table = TextTable([.left, .flexible, .left, .left, .left])
    add(summary.inputs, "input", to: &table)
    add(summary.outputs, "output", to: &table)
    return table.lines(style)
  }

  private func add(_ ports: [ModelSummary.Port], _ kind: String, to table: inout TextTable) {
    for port in ports.prefix(Self.ports) {
      table.add([
        TextTable.Cell(kind, .faint), TextTable.Cell(DisplayText.sanitized(port.name)),
        TextTable.Cell(port.shape?.description ?? "?"), TextTable.Cell(port.elementType.description),
        TextTable.Cell(port.quantization, .faint),
      ])
    }
    let rest = ports.count - Self.ports
    if rest > 0 { table.add([TextTable.Cell(kind, .faint), TextTable.Cell("and \(rest) more", .faint)]) }
  }
}
