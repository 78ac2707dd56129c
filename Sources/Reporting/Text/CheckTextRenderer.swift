import Execution
import Tensors

/// A comparison of two models as text for a terminal.
package struct CheckTextRenderer: Sendable {
  package let style: TerminalStyle
  /// Layers shown at the most; those where most is lost.
  private static let layerLimit = 24

  package init(style: TerminalStyle) { self.style = style }

  /// The report's text, without a line break at its end.
  package func render(_ report: CheckReport) -> String {
    var lines = heading(report) + accuracy(report) + outputs(report) + layers(report)
    if let limit = report.maximumDrop, let drop = report.drop {
      let verdict = drop > limit ? "above" : "within"
      let figures =
        "\(Figures.decimal(drop, places: 2)) points, \(verdict) the limit of \(Figures.decimal(limit, places: 2))"
      lines += ["", style.paint("drop: \(figures)", drop > limit ? .strongBad : .strongGood)]
    }
    return style.text(lines)
  }

  private func heading(_ report: CheckReport) -> [String] {
    var lines = [
      style.paint("reference ", .faint) + DisplayText.sanitized(report.reference),
      style.paint("candidate ", .faint) + DisplayText.sanitized(report.candidate),
      style.paint("data      ", .faint)
        + "\(Figures.counted(report.result.samples, "sample")), \(DisplayText.sanitized(report.dataOrigin))",
    ]
    for line in report.preprocessing { lines.append("          " + DisplayText.sanitized(line)) }
    return lines
  }

  private func accuracy(_ report: CheckReport) -> [String] {
    let result = report.result
    guard let agreement = result.agreement else { return [] }
    var table = TextTable([.left, .right, .right])
    if result.reference.top1 != nil {
      table.add([.init("", .faint), .init("top-1", .faint), .init("top-5", .faint)])
      table.add([.init("reference"), percent(result.reference.top1), percent(result.reference.top5)])
      table.add([.init("candidate"), percent(result.candidate.top1), percent(result.candidate.top5)])
    }
    table.add([.init("agreement"), percent(agreement)])
    return [""] + table.lines(style)
  }

  private func percent(_ share: Double?) -> TextTable.Cell {
    .init(share.map { Figures.decimal($0 * 100, places: 2) + " %" } ?? "")
  }

  private func outputs(_ report: CheckReport) -> [String] {
    var table = TextTable([.flexible, .right, .right, .right])
    table.add(["output", "SQNR", "largest difference", "differing bytes"].map { .init($0, .faint) })
    for output in report.result.outputs { table.add(cells(output)) }
    return [""] + table.lines(style)
  }

  private func cells(_ tensor: ComparisonResult.Tensor) -> [TextTable.Cell] {
    let bytes = tensor.difference.differingBytes
    return [
      .init(DisplayText.sanitized(tensor.name)), .init(Self.decibels(tensor)),
      .init("\(Float(tensor.difference.maxDifference))"),
      .init(bytes.map(Figures.grouped) ?? "other type", bytes == 0 ? .good : .plain),
    ]
  }

  private func layers(_ report: CheckReport) -> [String] {
    let layers = report.result.layers
    guard !layers.isEmpty else { return ["", "  no tensor has the same name in both models"] }
    let losses = report.losses
    let worst = layers.indices.sorted { (-losses[$0], $0) < (-losses[$1], $1) }.prefix(Self.layerLimit)
    var table = TextTable([.right, .left, .right, .right, .left, .flexible])
    table.add(["#", "operator", "SQNR", "lost", "", "tensor"].map { .init($0, .faint) })
    for index in worst.sorted() {
      let layer = layers[index]
      table.add([
        .init("\(index)", .faint), .init(DisplayText.sanitized(layer.candidateOperator)),
        .init(Self.decibels(layer)),
        .init(
          losses[index] > 0 ? "−\(Figures.decimal(losses[index], places: 1))" : "",
          losses[index] >= 6 ? .bad : .plain),
        .init(bar(layer), .accent), .init(DisplayText.sanitized(layer.name)),
      ])
    }
    let count = "\(layers.count.counted("tensor")) of the same name, \(report.layerSamples.counted("sample"))"
    let shown = worst.count < layers.count ? "; the \(worst.count) at which most is lost" : ""
    return ["", style.paint("Where the error enters", .heading) + " (\(count)\(shown))"] + table.lines(style)
  }

  /// Sixty decibels are a full bar of twenty characters.
  private func bar(_ layer: ComparisonResult.Tensor) -> String {
    let length = min(max(layer.difference.sqnrDb, 0), 60) / 3
    return String(repeating: "█", count: Int(length))
  }

  static func decibels(_ tensor: ComparisonResult.Tensor) -> String {
    let sqnr = tensor.difference.sqnrDb
    return sqnr.isFinite ? Figures.decimal(sqnr, places: 1) + " dB" : sqnr == .infinity ? "equal" : "–"
  }
}
