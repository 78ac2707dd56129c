import Boards
import Passes
package import Workflows

/// The report on a model that was made to fit, for a terminal.
package struct FitTextRenderer: Sendable {
  package let style: TerminalStyle

  package init(style: TerminalStyle) { self.style = style }

  package func render(_ report: FitReport) -> String {
    let sections = [
      [style.paint(DisplayText.sanitized(report.path), .heading)], table(report), notes(report),
      verdict(report),
    ]
    return style.text(Array(sections.filter { !$0.isEmpty }.joined(separator: [""])))
  }

  private func table(_ report: FitReport) -> [String] {
    var table = TextTable([.right, .right, .right, .right, .left, .hanging], indent: 0)
    let accuracy =
      switch report.judgement {
      case .none: ""
      case .agreement: "agreement"
      case .labels: "top-1"
      }
    let heads = ["file", "arena", accuracy, "", "", "options"]
    table.add(heads.map { TextTable.Cell($0, .heading) })
    let first = report.limits.shortage(of: report.before)
    table.add(
      figures(report.before, lost: nil) + [shortage(first), TextTable.Cell("(the model as it is)", .faint)])
    for attempt in report.attempts { table.add(row(attempt, report)) }
    return table.lines(style)
  }

  private func row(_ attempt: FitAttempt, _ report: FitReport) -> [TextTable.Cell] {
    let words = attempt.options.joined(separator: " ")
    let options = words.isEmpty ? TextTable.Cell("(clean-up and plan)", .faint) : TextTable.Cell(words)
    guard let found = attempt.figures, let short = attempt.shortage else {
      return ["", "", "", "", TextTable.Cell("refused", .warning), options]
    }
    var verdict = shortage(short)
    if attempt.refusal != nil {
      verdict = TextTable.Cell("not rightly on TFLM", .bad)
    } else if !attempt.isAccurate(within: report.maximumDrop) {
      verdict = TextTable.Cell(
        short.isNone ? "fits, loses too much" : "\(verdict.text), loses too much", .bad)
    }
    return figures(found, lost: attempt.lostPoints) + [verdict, options]
  }

  private func figures(_ figures: ModelFigures, lost: Double?) -> [TextTable.Cell] {
    [
      TextTable.Cell("\(Figures.grouped(figures.fileBytes)) B"),
      TextTable.Cell("\(Figures.grouped(figures.arenaBytes)) B"),
      TextTable.Cell(figures.top1.map(OptimizeTextRenderer.percent) ?? ""),
      TextTable.Cell(
        lost.map { OptimizeTextRenderer.points(-$0 / 100) } ?? "", (lost ?? 0) > 0 ? .warning : .good),
    ]
  }

  private func shortage(_ shortage: FitShortage) -> TextTable.Cell {
    shortage.isNone ? TextTable.Cell("fits", .strongGood) : TextTable.Cell(Self.missing(shortage), .warning)
  }

  private static func missing(_ shortage: FitShortage) -> String {
    let parts = [(shortage.arenaBytes, ""), (shortage.flashBytes, " of flash")]
    let lacks = parts.filter { $0.0 > 0 }.map { "\(Figures.grouped($0.0)) B\($0.1)" }
    return "lacks " + lacks.joined(separator: ", ")
  }

  private func notes(_ report: FitReport) -> [String] {
    var sentences: [String] = []
    switch report.judgement {
    case .agreement(true), .labels(true): sentences.append("accuracy is judged on the calibration samples")
    case .none, .agreement, .labels: break
    }
    for attempt in report.attempts {
      let words = attempt.options.joined(separator: " ")
      let name = words.isEmpty ? "clean-up and plan" : words
      for note in [attempt.failure, attempt.refusal, attempt.softening].compactMap(\.self) {
        sentences.append("\(name): \(note)")
      }
    }
    return sentences.flatMap { style.paragraph(DisplayText.sanitized($0), tone: .faint) }
  }

  private func verdict(_ report: FitReport) -> [String] {
    let text = FitText(style: style)
    if let fitting = report.fitting, let figures = fitting.figures {
      let path = report.output.map { "wrote \(DisplayText.sanitized($0))" } ?? "dry run: nothing was written"
      let needed = fitting.neededRelease.map {
        style.paragraph("it needs TFLM of \($0) or later", indent: 0)
      }
      return text.lines(report.board, report.limits, figures) + (needed ?? [])
        + command(fitting, report)
        + [style.paint(path, report.output == nil ? .faint : .strongGood)]
    }
    var lines: [String] = []
    if let nearest = report.nearest, let figures = nearest.figures {
      lines +=
        nearest.refusal == nil
        ? text.lines(report.board, report.limits, figures)
        : [
          style.paint(
            "does not run rightly: TFLM refuses the nearest, or gives wrong answers", .strongBad)
        ]
      lines += command(nearest, report)
    } else {
      let name = DisplayText.sanitized(report.board.id)
      lines += style.paragraph(
        "does not fit \(name) within \(Figures.decimal(report.maximumDrop, places: 2)) points", indent: 0,
        tone: .strongBad)
    }
    if let lossy = report.lossy, let lost = lossy.lostPoints {
      lines += style.paragraph(
        "it would fit if it might lose \(Figures.decimal(lost, places: 2)) points (--max-drop):", indent: 0)
      lines += command(lossy, report)
    }
    lines += report.hints.flatMap { style.paragraph(DisplayText.sanitized($0), indent: 0) }
    return lines + [style.paint("nothing was written", .faint)]
  }

  /// On one line, whatever its width, so that it can be pasted.
  private func command(_ attempt: FitAttempt, _ report: FitReport) -> [String] {
    ["  " + DisplayText.sanitized(report.command(attempt))]
  }
}
