import Passes
package import Workflows

/// The report on a search for a terminal.
package struct SearchTextRenderer: Sendable {
  package let style: TerminalStyle

  package init(style: TerminalStyle) { self.style = style }

  /// Refusals that are shown at the most.
  private static let refusalLimit = 6

  package func render(_ report: SearchReport) -> String {
    let sections = [
      [style.paint(DisplayText.sanitized(report.path), .heading)], summary(report), table(report),
      best(report), notes(report), end(report),
    ]
    return style.text(Array(sections.filter { !$0.isEmpty }.joined(separator: [""])))
  }

  private func summary(_ report: SearchReport) -> [String] {
    let measured = report.state.measuredCount
    let accuracy = report.hasLabels ? "top-1" : "agreement with the model"
    return style.paragraph(
      "\(measured) sequences measured (seed \(report.seed)), \(accuracy) of \(Figures.grouped(report.sampleCount)) samples; "
        + "no other one is better in everything than these:")
  }

  private func table(_ report: SearchReport) -> [String] {
    let hasTime = report.before.milliseconds != nil
    var table = TextTable([.right, .right, .right, .right, .right, .right, .hanging], indent: 0)
    let accuracy = report.hasLabels ? "top-1" : "agreement"
    let heads = ["file", "arena", "MACs", hasTime ? "about" : "", accuracy, "", "options"]
    table.add(heads.map { TextTable.Cell($0, .heading) })
    table.add(row(report.before, report.before, TextTable.Cell("(the model as it is)", .faint)))
    for member in report.front {
      let options = member.candidate.key
      table.add(
        row(
          member.figures, report.before,
          options.isEmpty ? TextTable.Cell("(none)", .faint) : TextTable.Cell(options)))
    }
    return table.lines(style)
  }

  private func row(
    _ figures: SearchFigures, _ before: SearchFigures, _ options: TextTable.Cell
  ) -> [TextTable.Cell] {
    let top1 = figures.model.top1
    var points = TextTable.Cell("")
    if figures != before, let top1, let old = before.model.top1 {
      points = TextTable.Cell(
        OptimizeTextRenderer.points(top1 - old), top1 >= old ? .strongGood : .warning)
    }
    return [
      TextTable.Cell("\(Figures.grouped(figures.model.fileBytes)) B"),
      TextTable.Cell("\(Figures.grouped(figures.model.arenaBytes)) B"),
      TextTable.Cell(Figures.grouped(figures.model.macs)),
      TextTable.Cell(figures.milliseconds.map { "\(CostText.rough($0)) ms" } ?? ""),
      TextTable.Cell(top1.map(OptimizeTextRenderer.percent) ?? ""), points, options,
    ]
  }

  private func best(_ report: SearchReport) -> [String] {
    let within = "within \(Figures.decimal(report.maximumDrop, places: 2)) points"
    let titles: [(SearchGoal, String)] = [
      (.size, "smallest \(within)"), (.arena, "smallest arena \(within)"), (.accuracy, "most accurate"),
      (.speed, "fastest \(within)"),
    ]
    return titles.flatMap { goal, title -> [String] in
      guard let best = report.best(goal) else { return [] }
      let figures = best.figures.model
      let words = [
        "\(Figures.grouped(figures.fileBytes)) B", "arena \(Figures.grouped(figures.arenaBytes)) B",
        figures.top1.map(OptimizeTextRenderer.percent) ?? "",
      ]
      return [style.paint("\(title): \(words.joined(separator: ", "))", .strongGood)]
        + ["  " + DisplayText.sanitized(report.command(best.candidate))]
    }
  }

  private func notes(_ report: SearchReport) -> [String] {
    var lines: [String] = []
    let excluded = report.state.entries.filter { entry in
      entry.figures?.refusal != nil && report.before.refusal == nil
    }
    if let first = excluded.first {
      let names = excluded.map(\.candidate.key).prefix(Self.refusalLimit).joined(separator: "; ")
      lines += style.paragraph(
        DisplayText.sanitized(
          "left out, as TFLM does not run them rightly (\(first.figures?.refusal ?? "")): \(names)"),
        tone: .faint)
    }
    let refused = report.state.entries.filter { $0.refusal != nil }
    for entry in refused.prefix(Self.refusalLimit) {
      lines += style.paragraph(
        DisplayText.sanitized("\(entry.candidate.key): \(entry.refusal ?? "")"), tone: .faint)
    }
    if refused.count > Self.refusalLimit {
      lines += style.paragraph(
        "\(refused.count - Self.refusalLimit) more were refused; --json lists all", tone: .faint)
    }
    return lines
  }

  private func end(_ report: SearchReport) -> [String] {
    var lines: [String] = []
    if let board = report.board, report.before.milliseconds != nil {
      lines += style.paragraph(
        "times on \(board) are estimates; 'nnopt plan --board \(board)' says how far they can be trusted",
        tone: .faint)
    }
    if let fit = report.fit, let best = report.best(report.preferred) {
      lines += FitText(style: style).lines(fit.board, fit.limits, best.figures.model)
    }
    guard let output = report.output else {
      return lines + [style.paint("dry run: nothing was written", .faint)]
    }
    let name =
      switch report.preferred {
      case .size: "the smallest"
      case .arena: "that of the smallest arena"
      case .accuracy: "the most accurate"
      case .speed: "the fastest"
      }
    return lines + [style.paint("wrote \(name) to \(DisplayText.sanitized(output))", .strongGood)]
  }
}
