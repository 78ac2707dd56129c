import MemoryPlanning
import Workflows

/// Peaks by execution order, and what is proved about the plan's peak and its arena.
struct OrderTableText {
  let report: PlanReport
  let style: TerminalStyle

  var lines: [String] {
    [style.paint("Peak SRAM by execution order", .heading)] + table + proof + arena
  }

  private var table: [String] {
    let file = report.orders.first { $0.name == .file }?.peakBytes ?? 0
    let peaks = report.orders.map(\.peakBytes) + (striped.map { [$0] } ?? [])
    let lowest = peaks.min() ?? 0
    let highest = peaks.max() ?? 0
    var table = TextTable([.left, .left, .right, .right, .right, .right, .right, .left])
    let hasIdeal = report.runtime != nil
    if hasIdeal {
      let heads = ["", "", "with TFLM", "", "", "", "tensors alone"]
      table.add(heads.map { TextTable.Cell($0, .faint) })
    }
    for order in report.orders {
      let isPlanned = striped == nil && order.name == report.plan.orderName
      add(
        order.name.rawValue, order.peakBytes, ideal: hasIdeal ? order.idealPeakBytes : nil, to: &table,
        Extent(file: file, lowest: lowest, highest: highest), isPlanned: isPlanned)
    }
    if let striped {
      add(
        "striped", striped, ideal: nil, to: &table,
        Extent(file: file, lowest: lowest, highest: highest), isPlanned: true)
    }
    return table.lines(style)
  }

  /// The peak with stripes; nil without them.
  private var striped: Int? { report.stripes?.runs.isEmpty == false ? report.plan.peakBytes : nil }

  private struct Extent {
    let file: Int
    let lowest: Int
    let highest: Int
  }

  private func add(
    _ name: String, _ peak: Int, ideal: Int?, to table: inout TextTable, _ extent: Extent, isPlanned: Bool
  ) {
    let isLowest = peak == extent.lowest
    let tone: TerminalStyle.Tone = isLowest ? .strongGood : .plain
    let saved = extent.file - peak
    let hasChange = name != "file" && saved != 0
    table.add([
      TextTable.Cell(isPlanned ? "▸" : "", .accent), TextTable.Cell(name, tone),
      TextTable.Cell("\(Figures.grouped(peak)) B", tone),
      TextTable.Cell(peak < 1024 ? "" : Figures.binaryBytes(peak)),
      TextTable.Cell(hasChange ? "\(saved < 0 ? "+" : "−")\(Figures.grouped(abs(saved))) B" : ""),
      TextTable.Cell(
        hasChange ? Figures.change(from: extent.file, to: peak) : "", saved > 0 ? .good : .plain),
      TextTable.Cell(ideal.map { "\(Figures.grouped($0)) B" } ?? "", .faint),
      TextTable.Cell(bar(peak, of: extent.highest, report.runtime != nil), isLowest ? .good : .faint),
    ])
  }

  private func bar(_ bytes: Int, of highest: Int, _ hasIdeal: Bool) -> String {
    let columns = max(0, min(20, style.width - (hasIdeal ? 82 : 66)))
    return EighthBlocks.bar(EighthBlocks.level(bytes, of: highest, cells: columns))
  }

  private var proof: [String] {
    let plan = report.plan
    if let reason = plan.keptBecause {
      return style.paragraph("kept as the file has it, nothing else was looked for: \(reason)")
    }
    let bound = "\(Figures.grouped(plan.lowerBoundBytes)) B"
    let effort =
      "\(Figures.counted(plan.proof.statesExpanded, "state")) searched, \(Figures.seconds(report.seconds))"
    if plan.isPeakProved {
      return style.paragraph(
        "proved: no execution order has a lower peak (lower bound \(bound), \(effort))", tone: .good)
    }
    let above = plan.peakBytes - plan.lowerBoundBytes
    let share = Figures.share(above, of: plan.lowerBoundBytes)
    let gap = share.isEmpty ? "\(Figures.grouped(above)) B" : share
    if plan.orderName != .optimal {
      return style.paragraph(
        "planned in the order \"\(plan.orderName.rawValue)\": \(gap) above the lower bound "
          + "of all orders, \(bound)", tone: .warning)
    }
    return style.paragraph(
      "not proved: at most \(gap) above the lower bound of \(bound) (\(effort))", tone: .warning)
  }

  private var arena: [String] {
    let plan = report.plan
    let size =
      "\(report.arenaName): \(Figures.bytes(plan.arenaBytes)) at \(plan.alignment)-byte alignment"
    if plan.keptBecause != nil { return style.paragraph(size) }
    let above = plan.arenaBytes - plan.peakBytes
    if above <= 0 { return style.paragraph("\(size), offsets reach the live peak", tone: .good) }
    let share = Figures.share(above, of: plan.peakBytes)
    let distance = "\(Figures.grouped(above)) B (\(share)) above the live peak"
    if plan.isArenaProved {
      return style.paragraph("\(size), \(distance); proved: no offsets for this order need less", tone: .good)
    }
    return style.paragraph(
      "\(size), \(distance); not proved: offsets that need less may exist", tone: .warning)
  }
}
