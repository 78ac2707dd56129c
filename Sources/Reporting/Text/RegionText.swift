import Passes
import Planning
import Workflows

/// What is in which memory, and what had to stay outside the fastest.
struct RegionText {
  let report: PlanReport
  let style: TerminalStyle

  private static let mostTensors = 12

  var lines: [String] {
    guard let regions = report.regions else { return [] }
    let heading = style.paint("Memory regions, the fastest first", .heading)
    guard let plan = regions.plan else { return [heading] + misfit(regions) }
    return [heading] + table(plan) + proof(plan) + slower(regions, plan) + note
  }

  private func misfit(_ regions: RegionReport) -> [String] {
    var table = TextTable([.flexible, .right])
    for region in regions.regions {
      table.add([
        TextTable.Cell(region.name), TextTable.Cell("\(Figures.grouped(region.capacityBytes ?? 0)) B"),
      ])
    }
    let reason = DisplayText.sanitized(regions.shortage ?? "")
    return table.lines(style) + style.paragraph("does not fit the regions: \(reason)", tone: .bad)
  }

  private func table(_ plan: Plan) -> [String] {
    var table = TextTable([.flexible, .right, .right, .right, .right, .right])
    table.add(
      ["region", "capacity", "used", "tensors", "traffic per inference", "share"].map {
        TextTable.Cell($0, .faint)
      })
    let all = plan.trafficBytes()
    for (index, region) in plan.pools.enumerated() {
      let traffic = plan.trafficBytes(in: index)
      table.add([
        TextTable.Cell(region.name), TextTable.Cell("\(Figures.grouped(region.capacityBytes ?? 0)) B"),
        TextTable.Cell("\(Figures.grouped(region.usedBytes)) B"),
        TextTable.Cell(Figures.grouped(plan.tensorCount(in: index))),
        TextTable.Cell("\(Figures.grouped(traffic)) B"), TextTable.Cell(Figures.share(traffic, of: all)),
      ])
    }
    return table.lines(style)
  }

  private func proof(_ plan: Plan) -> [String] {
    guard let spread = plan.spread, plan.pools.count > 1 else { return [] }
    if spread.isProved {
      return style.paragraph(
        "proved: in this order no choice keeps more traffic in faster regions", tone: .good)
    }
    let gap = spread.upperBound - spread.score
    return style.paragraph(
      "not proved: at most \(Figures.grouped(gap)) B of traffic more could be in a faster region",
      tone: .warning)
  }

  private func slower(_ regions: RegionReport, _ plan: Plan) -> [String] {
    let slower = regions.slower
    if slower.isEmpty { return [] }
    var table = TextTable([.flexible, .flexible, .right, .right, .right, .right])
    table.add(
      ["in slower regions", "region", "offset", "bytes", "traffic", "share"].map {
        TextTable.Cell($0, .faint)
      })
    for index in slower.prefix(Self.mostTensors) {
      let buffer = plan.buffers[index]
      table.add([
        TextTable.Cell(DisplayText.sanitized(regions.names[index])),
        TextTable.Cell(plan.pools[buffer.pool].name), TextTable.Cell(Figures.grouped(buffer.offset)),
        TextTable.Cell("\(Figures.grouped(buffer.byteCount)) B"),
        TextTable.Cell("\(Figures.grouped(buffer.trafficBytes)) B"),
        TextTable.Cell(Figures.share(buffer.trafficBytes, of: plan.trafficBytes())),
      ])
    }
    let rest = slower.dropFirst(Self.mostTensors)
    let traffic = rest.reduce(0) { $0 + plan.buffers[$1].trafficBytes }
    return [""] + table.lines(style)
      + (rest.isEmpty ? [] : ["  and \(rest.count) more with \(Figures.grouped(traffic)) B of traffic"])
  }

  private var note: [String] {
    let tail = report.runtime.map { " (\(Figures.grouped($0.planned.charge.tailBytes)) B)" } ?? ""
    return [""]
      + style.paragraph(
        "Traffic: bytes that operators write and read, each tensor once by each. Stock TFLM takes one arena: "
          + "this is a plan and a table for programs with an allocator, a linker script or several arenas of "
          + "their own ('nnopt export --regions' writes it as a header). What TFLM keeps for good\(tail) "
          + "needs room beside it.", tone: .faint)
  }
}
