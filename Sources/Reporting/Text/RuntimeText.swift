import Passes
import Planning
import Runtimes
import Workflows

/// What TFLM takes for the file as it came and planned, by library of kernels.
struct RuntimeText {
  let report: PlanReport
  let style: TerminalStyle

  var lines: [String] {
    guard let runtime = report.runtime else { return [] }
    let heading = style.paint("TFLM's arena, head and tail (\(runtime.processor))", .heading)
    return [heading] + table(runtime) + style.paragraph(versions(runtime), tone: .faint)
      + notes(runtime)
  }

  /// Which releases the figures are for.
  private func versions(_ runtime: RuntimeReport) -> String {
    let releases = ([runtime.target] + runtime.libraries.map(\.target)).map(\.release)
    let names = releases.indices.filter { releases.firstIndex(of: releases[$0]) == $0 }.map {
      releases[$0]
    }
    .filter { $0.library != .reference }.map(\.name)
    let tflm = "TFLM of \(KernelRelease.newest(of: .reference).version)"
    return
      "for \(([tflm] + names).joined(separator: ", ")); another release: --kernels name@version"
  }

  private func table(_ runtime: RuntimeReport) -> [String] {
    var table = TextTable([.left, .flexible, .right, .right, .right, .right, .right])
    table.add(
      ["", "kernels", "stock", "head", "tail", "planned", "change"].map { TextTable.Cell($0, .faint) })
    if !runtime.libraries.contains(where: { $0.kernels.rawValue == runtime.kernels }) {
      add(
        runtime.kernels == "any" ? "safe on any" : runtime.kernels, runtime.planned.stock,
        runtime.planned.charge, isChosen: true, to: &table)
    }
    for library in runtime.libraries {
      let isChosen = library.kernels.rawValue == runtime.kernels
      let processor = isChosen && library.processor == runtime.processor ? "" : " (\(library.processor))"
      add(
        "\(library.kernels.rawValue)\(processor)", library.stock, library.planned, isChosen: isChosen,
        to: &table)
    }
    return table.lines(style)
  }

  private func add(
    _ name: String, _ stock: Charge, _ planned: Charge, isChosen: Bool,
    to table: inout TextTable
  ) {
    let (before, after) = (stock.arenaBytes, planned.arenaBytes)
    table.add([
      TextTable.Cell(isChosen ? "▸" : "", .accent), TextTable.Cell(name, isChosen ? .strongGood : .plain),
      TextTable.Cell("\(Figures.grouped(before)) B"),
      TextTable.Cell("\(Figures.grouped(planned.headBytes)) B"),
      TextTable.Cell("\(Figures.grouped(planned.tailBytes)) B"),
      TextTable.Cell("\(Figures.grouped(after)) B", isChosen ? .strongGood : .plain),
      TextTable.Cell(
        before == after ? "" : Figures.change(from: before, to: after), after < before ? .good : .plain),
    ])
  }

  private func notes(_ runtime: RuntimeReport) -> [String] {
    var lines: [String] = []
    if let fault = runtime.planned.faultOfOwnPlan {
      lines += style.paragraph(
        "the file's offsets are not trusted: \(DisplayText.sanitized(fault))", tone: .warning)
    }
    if let reason = runtime.reasonAgainstOverlaps {
      lines += style.paragraph(
        "planned without overlaps, since nnopt cannot run the model to check them: "
          + DisplayText.sanitized(reason), tone: .warning)
    }
    let plan = report.plan
    if plan.keptBecause != nil {
      return lines + style.paragraph("the file's own order and offsets stay as they are")
        + variables(runtime)
    }
    if runtime.planned.isUnchanged {
      lines += style.paragraph("stock TFLM needs no more for the file as it is; no offsets are written")
    }
    if plan.isProved {
      lines += style.paragraph(
        "proved: no order and offsets with these kernels' overlaps need a smaller head", tone: .good)
    } else if plan.orderName == .optimal {
      let above = Figures.share(plan.arenaBytes - plan.lowerBoundBytes, of: plan.lowerBoundBytes)
      let bound = "\(Figures.grouped(plan.lowerBoundBytes)) B"
      lines += style.paragraph(
        "not proved: the head is at most \(above) above the lower bound of all orders, \(bound)",
        tone: .warning)
    }
    return lines + surplus(runtime.planned.charge) + ports(runtime) + channels + variables(runtime)
  }

  /// Why the arena is more than head and tail.
  private func surplus(_ charge: Charge) -> [String] {
    let bytes = charge.arenaBytes - charge.headBytes - charge.tailBytes
    guard bytes >= 16 else { return [] }
    return style.paragraph(
      "the arena is \(Figures.grouped(bytes)) B more than head and tail: what TFLM needs while it allocates, "
        + "before it runs", tone: .faint)
  }

  /// What other ports would save.
  private func ports(_ runtime: RuntimeReport) -> [String] {
    guard let advice = report.portAdvice else { return [] }
    let before = runtime.planned.charge.arenaBytes
    return style.paragraph(
      "with integer ports (\(advice.changes.map(DisplayText.sanitized).joined(separator: ", "))) the arena is "
        + "\(Figures.grouped(advice.arenaBytes)) B (\(Figures.change(from: before, to: advice.arenaBytes))), and the "
        + "caller quantizes: nnopt optimize --io int8", tone: .faint)
  }

  /// What goes with channels that never change.
  private var channels: [String] {
    guard let advice = report.channelAdvice else { return [] }
    let (macs, bytes) = (advice.multiplyAccumulates, advice.constantBytes)
    return style.paragraph(
      "channels that hold one number in every run, or what others hold, take \(Figures.grouped(macs.before - macs.after)) "
        + "multiply-accumulates (\(Figures.change(from: macs.before, to: macs.after))) and "
        + "\(Figures.grouped(bytes.before - bytes.after)) B of weights: nnopt optimize takes them out, and no answer "
        + "changes", tone: .faint)
  }

  private func variables(_ runtime: RuntimeReport) -> [String] {
    let target = runtime.target
    let count = target.resourceVariableCount(for: report.model)
    guard count > 0 else { return [] }
    let room =
      target.resourceVariableSlots == nil
      ? "the model's own \(count) resource variables, as the sources of 'nnopt export' make; where a firmware makes "
        + "more, say so with --resource-slots" : "\(count) resource variables"
    return style.paragraph("the tail has room for \(room)", tone: .faint)
  }
}
