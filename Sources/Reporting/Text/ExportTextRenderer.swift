import Boards
import Firmware

/// An export as text for a terminal.
package struct ExportTextRenderer: Sendable {
  package let style: TerminalStyle

  package init(style: TerminalStyle) { self.style = style }

  /// The report's text, without a line break at its end.
  package func render(_ report: ExportReport) -> String {
    let firmware = report.firmware
    let lines =
      [
        style.paint(DisplayText.sanitized(report.path), .heading)
      ] + style.paragraph("\(title(report)) in \(DisplayText.sanitized(report.folder))") + files(report) + [
        "", style.paint("Arena", .heading),
      ] + arena(firmware) + fit(report)
      + regions(firmware) + ["", style.paint("Operators", .heading)]
      + style.paragraph(DisplayText.sanitized(report.operators.joined(separator: " "))) + verdict(report)
      + ["", style.paint("Next", .heading)] + NextSteps(report).lines.map { "  " + DisplayText.sanitized($0) }
    return style.text(lines)
  }

  private func title(_ report: ExportReport) -> String {
    let kind =
      switch report.firmware.format {
      case .c: "C++ files"
      case .arduino: "a sketch"
      case .espIDF: "an ESP-IDF project"
      case .platformIO: "a PlatformIO project"
      case .zephyr: "a Zephyr application"
      }
    let target = report.firmware.target
    let kernels = report.board == nil ? ", as no board was given" : ""
    return
      "\(kind) for \(DisplayText.sanitized(target.description)), kernels \(target.tflm.kernels.rawValue)\(kernels),"
      + (target.tflm.kernels == .reference ? "" : " version \(target.tflm.release.version),")
  }

  private func files(_ report: ExportReport) -> [String] {
    var table = TextTable([.left, .right])
    for file in report.files { table.add([.init(file.path), .init(Figures.bytes(file.byteCount), .faint)]) }
    return table.lines(style).map { "  " + $0 }
  }

  private func arena(_ firmware: Firmware) -> [String] {
    var table = TextTable([.right, .left])
    for item in ArenaDerivation(firmware.prediction).items {
      let tone: TerminalStyle.Tone = item.isDetail ? .faint : .plain
      table.add([
        .init(Figures.grouped(item.bytes), tone), .init((item.isDetail ? "  " : "") + item.name, tone),
      ])
    }
    return table.lines(style).map { "  " + $0 }
  }

  private func regions(_ firmware: Firmware) -> [String] {
    guard let regions = firmware.regions?.plan.pools else { return [] }
    var table = TextTable([.flexible, .right, .left])
    for region in regions {
      table.add([
        .init(region.name), .init("\(Figures.grouped(region.usedBytes)) B"),
        .init("of \(Figures.bytes(region.capacityBytes ?? region.usedBytes))", .faint),
      ])
    }
    return ["", style.paint("Memory regions", .heading)] + table.lines(style)
  }

  private func fit(_ report: ExportReport) -> [String] {
    guard let fit = report.fit, let board = report.board else { return [] }
    let available = "\(Figures.bytes(fit.availableBytes)) on \(DisplayText.sanitized(board.id))"
    let arena =
      fit.fits
      ? ["  " + style.paint("fits \(available), \(Figures.bytes(fit.marginBytes)) to spare", .good)]
      : [
        "  " + style.paint("does not fit \(available): \(Figures.bytes(fit.missingBytes)) are missing", .bad)
      ]
    let flash = report.flash.map {
      FlashText(flash: $0, board: DisplayText.sanitized(board.id), style: style).lines
    }
    return arena + (flash ?? [])
  }

  private func verdict(_ report: ExportReport) -> [String] {
    if report.isRefused { return ["", style.paint("TFLM will refuse this model: see the warnings.", .bad)] }
    guard !report.firmware.verdict.isRight else { return [] }
    return ["", style.paint("TFLM will answer wrongly: see the warnings.", .bad)]
  }
}
