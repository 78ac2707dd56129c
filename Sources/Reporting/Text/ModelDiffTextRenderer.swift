/// What differs between two models, as text for a terminal.
package struct ModelDiffTextRenderer: Sendable {
  package let style: TerminalStyle
  /// Rows of a section at the most.
  private static let rowLimit = 40

  package init(style: TerminalStyle) { self.style = style }

  /// The report's text, without a line break at its end.
  package func render(_ diff: ModelDiff, before: String, after: String) -> String {
    var lines = [
      style.paint("before ", .faint) + DisplayText.sanitized(before),
      style.paint("after  ", .faint) + DisplayText.sanitized(after), "",
    ]
    lines += figures(diff)
    lines += [""]
    for sentence in diff.sentences {
      lines += style.paragraph(
        DisplayText.sanitized(sentence), indent: 0, tone: diff.isEmpty ? .strongGood : .heading)
    }
    lines += section("Operators", diff.operators.map(row))
    lines += section("Tensors", tensors(diff))
    lines += section("Constants", diff.constants.map(row))
    lines += section("Around the graphs", diff.surroundings.map { [text($0)] })
    return style.text(lines)
  }

  private func figures(_ diff: ModelDiff) -> [String] {
    var table = TextTable([.left, .right, .right, .right])
    table.add(["", "before", "after", "change"].map { .init($0, .faint) })
    for figure in diff.figures where figure.before != 0 || figure.after != 0 {
      let change =
        if let before = figure.before, let after = figure.after, before != after {
          Figures.change(from: before, to: after)
        } else { "" }
      table.add([
        .init(Self.labels[figure.name] ?? figure.name), number(figure.before, figure),
        number(figure.after, figure), .init(change, change.hasPrefix("−") ? .good : .plain),
      ])
    }
    return table.lines(style)
  }

  private static let labels = [
    "fileBytes": "file", "constantBytes": "constants", "macs": "MACs", "stateBytes": "state",
    "peakBytesInFileOrder": "peak SRAM, file's order",
  ]

  private func number(_ number: Int?, _ figure: ModelDiff.Figure) -> TextTable.Cell {
    .init(number.map { Figures.grouped($0) + (figure.isBytes ? " B" : "") } ?? "?")
  }

  private func section(_ title: String, _ rows: [[String]]) -> [String] {
    guard !rows.isEmpty else { return [] }
    var lines = ["", style.paint(title, .heading)]
    for row in rows.prefix(Self.rowLimit) {
      for (index, part) in row.enumerated() {
        lines += style.paragraph(DisplayText.sanitized(part), indent: index == 0 ? 2 : 6)
      }
    }
    if rows.count > Self.rowLimit {
      lines.append(
        style.paint("  and \(Figures.grouped(rows.count - Self.rowLimit)) more; --json lists all", .faint))
    }
    return lines
  }

  private func row(_ change: ModelDiff.OperatorChange) -> [String] {
    let place = change.graph == 0 ? "" : "subgraph \(change.graph), "
    let old = change.before.map { name($0) } ?? ""
    let new = change.after.map { name($0) } ?? ""
    let head =
      switch change.kind {
      case .added: "+ \(place)\(new): added"
      case .removed: "− \(place)\(old): removed"
      case .replaced: "~ \(place)\(old): replaced by \(new)"
      case .fused: "− \(place)\(old): fused into \(new)"
      case .reordered: "→ \(place)\(old): runs as operator \(change.after?.index ?? 0) now"
      case .changed: "~ \(place)\(old)"
      }
    return [head] + change.details.map(text)
  }

  private func name(_ entry: ModelDiff.Operator) -> String {
    let tensor = entry.tensor.isEmpty ? "" : " '\(DisplayText.shortened(entry.tensor, to: 60))'"
    return "operator \(entry.index) (\(DisplayText.shortened(entry.name, to: 40)))\(tensor)"
  }

  /// Changed tensors one by one; new and lost ones only where they are not constants, whose number is in the summary.
  private func tensors(_ diff: ModelDiff) -> [[String]] {
    diff.tensors.filter { $0.kind == .changed || !$0.isConstant }.map { change in
      let place = change.graph == 0 ? "" : "subgraph \(change.graph), "
      let name = "\(place)'\(DisplayText.shortened(change.name, to: 60))'"
      switch change.kind {
      case .added: return ["+ \(name): added"]
      case .removed: return ["− \(name): removed"]
      case .changed: return ["~ \(name)"] + change.details.map(text)
      }
    }
  }

  private func row(_ change: ModelDiff.ConstantChange) -> [String] {
    let place = change.graph == 0 ? "" : "subgraph \(change.graph), "
    let bytes =
      change.beforeBytes == change.afterBytes
      ? "\(Figures.grouped(change.afterBytes)) B"
      : "\(Figures.grouped(change.beforeBytes)) → \(Figures.grouped(change.afterBytes)) B"
    let difference = change.largestRelativeChange.map { ", at most by \(Figures.percent($0))" } ?? ""
    return ["~ \(place)'\(DisplayText.shortened(change.name, to: 60))': \(bytes)\(difference)"]
  }

  private func text(_ change: ModelDiff.Change) -> String {
    func shown(_ text: String?) -> String { text.map { DisplayText.shortened($0, to: 80) } ?? "nothing" }
    guard change.before != nil || change.after != nil else { return "\(change.what): changed" }
    return "\(change.what): \(shown(change.before)) → \(shown(change.after))"
  }
}
