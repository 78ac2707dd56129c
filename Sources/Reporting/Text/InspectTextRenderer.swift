import Tensors

/// What is in a model, as text for a terminal.
package struct InspectTextRenderer: Sendable {
  package let style: TerminalStyle

  package init(style: TerminalStyle) { self.style = style }

  /// Operators and tensors of every graph, or what kernels run on where the report has it, without a line break at
  /// the end.
  package func render(_ report: InspectReport) -> String {
    var lines = [style.paint(DisplayText.sanitized(report.path), .heading)]
    if !report.description.isEmpty { lines += style.paragraph(DisplayText.sanitized(report.description)) }
    for signature in report.signatures {
      lines += style.paragraph("signature \(DisplayText.sanitized(signature))")
    }
    for entry in report.metadata {
      lines.append("  metadata \(DisplayText.sanitized(entry.name)), \(Figures.bytes(entry.bytes))")
    }
    for (index, graph) in report.graphs.enumerated() {
      if graph.operators.contains(where: { $0.lowered != nil }) {
        lines += lowered(graph, index)
        continue
      }
      let name = graph.name.isEmpty ? "" : " '\(DisplayText.sanitized(graph.name))'"
      lines += [
        "", style.paint("subgraph \(index)\(name): \(graph.operators.count.counted("operator"))", .heading),
      ]
      lines += operators(of: graph)
      lines += ["", style.paint("subgraph \(index): \(graph.tensors.count.counted("tensor"))", .heading)]
      lines += tensors(of: graph)
    }
    return style.text(lines)
  }

  private func lowered(_ graph: InspectReport.GraphEntry, _ index: Int) -> [String] {
    let text = LoweredText(style: style)
    let title = "subgraph \(index): what kernels run on, of \(graph.operators.count.counted("operator"))"
    return ["", style.paint(title, .heading)]
      + graph.operators.flatMap { entry in
        entry.lowered.map { text.lines(entry.index, name: entry.name, $0) } ?? []
      }
  }

  private func operators(of graph: InspectReport.GraphEntry) -> [String] {
    var table = TextTable([.right, .left, .flexible, .flexible, .right, .hanging])
    table.add(["#", "operator", "inputs", "outputs", "MACs", "options"].map { .init($0, .faint) })
    for entry in graph.operators {
      let version = entry.version > 1 ? " v\(entry.version)" : ""
      table.add([
        .init("\(entry.index)", .faint), .init(DisplayText.sanitized(entry.name) + version),
        .init(list(entry.inputs)), .init(list(entry.outputs)),
        .init(entry.macs > 0 ? Figures.grouped(entry.macs) : ""),
        .init(DisplayText.sanitized(entry.optionSummary), .faint),
      ])
    }
    return table.lines(style)
  }

  private func tensors(of graph: InspectReport.GraphEntry) -> [String] {
    var table = TextTable([.right, .left, .left, .left, .right, .flexible, .flexible])
    table.add(["#", "kind", "type", "shape", "bytes", "scale, zero", "name"].map { .init($0, .faint) })
    for entry in graph.tensors {
      table.add([
        .init("\(entry.index)", .faint), .init(entry.kind, entry.kind == "constant" ? .faint : .plain),
        .init(entry.type), .init(entry.shape), .init(Figures.grouped(entry.bytes)), .init(scale(entry)),
        .init(DisplayText.sanitized(entry.name)),
      ])
    }
    return table.lines(style)
  }

  private func scale(_ entry: InspectReport.TensorEntry) -> String {
    if let axis = entry.scaleAxis { return "axis \(axis)" }
    return entry.scale.map { "\($0), \(entry.zeroPoint ?? 0)" } ?? ""
  }

  private func list(_ indices: [Int]) -> String {
    indices.map { $0 < 0 ? "–" : "\($0)" }.joined(separator: " ")
  }
}
