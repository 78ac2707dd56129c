import Boards
import Passes
import Tensors
package import Workflows

/// The report on an optimized model for a terminal.
package struct OptimizeTextRenderer: Sendable {
  package let style: TerminalStyle

  package init(style: TerminalStyle) { self.style = style }

  /// Refusals of one step that are shown at the most.
  private static let refusalLimit = 6

  package func render(_ report: OptimizeReport) -> String {
    let sections = [
      [style.paint(DisplayText.sanitized(report.path), .heading)], table(report), notes(report),
      fit(report) + cost(report), release(report), end(report),
    ]
    return style.text(Array(sections.filter { !$0.isEmpty }.joined(separator: [""])))
  }

  private func table(_ report: OptimizeReport) -> [String] {
    var table = TextTable(
      [.left, .right, .right, .right, .right, .right, .right, .hanging], indent: 0,
      dispensable: [2, 3])
    let isJudged = report.before.top1 != nil
    let accuracy = isJudged ? report.hasLabels ? "top-1" : "agreement" : ""
    let heads = ["step", "file", "parameters", "MACs", "peak SRAM", "arena", accuracy, ""]
    table.add(heads.map { TextTable.Cell($0, .heading) })
    table.add(row("as it is", report.before, ""))
    for record in report.records { table.add(row(record.name, record.figures, outcome(record))) }
    table.add(changes(report))
    return table.lines(style)
  }

  private func fit(_ report: OptimizeReport) -> [String] {
    if let verdict = report.verdict, !verdict.isRight {
      return CompatibilityText(
        verdict: verdict, subject: "the result", isExpected: report.isForOtherRuntimes, style: style
      ).lines
    }
    return report.fit.map { FitText(style: style).lines($0.board, $0.limits, report.after) } ?? []
  }

  private func release(_ report: OptimizeReport) -> [String] {
    report.neededRelease.map {
      style.paragraph("it needs TFLM of \($0) or later", indent: 0, tone: .warning)
    } ?? []
  }

  private func cost(_ report: OptimizeReport) -> [String] {
    guard let cost = report.cost else { return [] }
    let text = CostText(board: DisplayText.sanitized(cost.board))
    return [("as it is", cost.before), ("optimized", cost.after)].flatMap { name, verdict in
      style.paragraph(
        "\(name): \(text.sentence(verdict))", indent: 0, tone: verdict.estimate == nil ? .faint : .plain)
    }
  }

  private func row(_ name: String, _ figures: ModelFigures, _ outcome: TextTable.Cell) -> [TextTable.Cell] {
    [
      TextTable.Cell(name), TextTable.Cell("\(Figures.grouped(figures.fileBytes)) B"),
      TextTable.Cell(Figures.grouped(figures.parameters)), TextTable.Cell(Figures.grouped(figures.macs)),
      TextTable.Cell("\(Figures.grouped(figures.peakBytes)) B"),
      TextTable.Cell("\(Figures.grouped(figures.arenaBytes)) B"),
      TextTable.Cell(figures.top1.map(Self.percent) ?? ""), outcome,
    ]
  }

  private func changes(_ report: OptimizeReport) -> [TextTable.Cell] {
    let (before, after) = (report.before, report.after)
    func change(_ value: (ModelFigures) -> Int) -> TextTable.Cell {
      let (from, to) = (value(before), value(after))
      return TextTable.Cell(
        from == to ? "" : Figures.change(from: from, to: to), to < from ? .strongGood : .warning)
    }
    var points: TextTable.Cell = ""
    if let from = before.top1, let to = after.top1 {
      points = TextTable.Cell(Self.points(to - from), to >= from ? .strongGood : .warning)
    }
    return [
      TextTable.Cell("in all", .heading), change(\.fileBytes), change(\.parameters), change(\.macs),
      change(\.peakBytes), change(\.arenaBytes), points, "",
    ]
  }

  static func percent(_ share: Double) -> String { Figures.decimal(100 * share, places: 2) + " %" }

  static func points(_ share: Double) -> String {
    (share < 0 ? "−" : "+") + Figures.decimal(abs(100 * share), places: 2) + " pt"
  }

  private func outcome(_ record: PipelineRecord) -> TextTable.Cell {
    let edits = record.log.edits.count
    switch record.outcome {
    case .applied(let label):
      return TextTable.Cell(
        ([label] + [edits.counted("edit")]).filter { !$0.isEmpty }.joined(separator: ", "))
    case .softened(let label, _): return TextTable.Cell("softened to \(label)", .warning)
    case .rolledBack: return TextTable.Cell("taken back", .bad)
    case .refused: return TextTable.Cell("refused", .warning)
    case .unchanged: return TextTable.Cell("nothing to do", .faint)
    }
  }

  private func notes(_ report: OptimizeReport) -> [String] {
    report.records.enumerated().flatMap { index, record -> [String] in
      var lines: [String] = []
      switch record.outcome {
      case .softened(_, let tried), .rolledBack(let tried):
        for attempt in tried {
          let label = attempt.label.isEmpty ? record.name : "\(record.name) \(attempt.label)"
          lines += style.paragraph(
            "\(label): \(Self.percent(attempt.top1)) is below the limit", tone: .warning)
        }
      case .refused(let reason): lines += style.paragraph(DisplayText.sanitized(reason), tone: .warning)
      case .applied, .unchanged: break
      }
      if record.name == CompressWeights.name { lines += exchange(record) }
      let refusals = Self.newRefusals(report.records, index)
      for entry in refusals.prefix(Self.refusalLimit) {
        lines += style.paragraph(
          DisplayText.sanitized("\(record.name), \(entry.place): \(entry.sentence)"), tone: .faint)
      }
      if refusals.count > Self.refusalLimit {
        lines += style.paragraph(
          "\(record.name): \(refusals.count - Self.refusalLimit) more refusals; --json lists all",
          tone: .faint)
      }
      return lines
    }
  }

  /// What coded weights save, and the memory that they take.
  private func exchange(_ record: PipelineRecord) -> [String] {
    record.log.edits.flatMap { entry in
      style.paragraph(
        DisplayText.sanitized("\(record.name), \(entry.place): \(entry.sentence)"), tone: .plain)
    }
  }

  /// The refusals of a step that a step of the same name did not bring before: operators' numbers may differ.
  private static func newRefusals(_ records: [PipelineRecord], _ index: Int) -> [PassLog.Entry] {
    let earlier = records[..<index].filter { $0.name == records[index].name }.flatMap(\.log.refusals)
    return records[index].log.refusals.filter { entry in
      !earlier.contains { $0.rule == entry.rule && $0.sentence == entry.sentence }
    }
  }

  private func end(_ report: OptimizeReport) -> [String] {
    var lines: [String] = []
    if let bytes = report.deflatedBytes {
      lines += style.paragraph(
        "zeros among weights shrink neither RAM nor flash on TFLM; deflated, as for an update over the air, "
          + "the file has \(Figures.bytes(bytes))")
    }
    let path = report.output.map { "wrote \(DisplayText.sanitized($0))" } ?? "dry run: nothing was written"
    return lines + [style.paint(path, report.output == nil ? .faint : .strongGood)]
  }
}
