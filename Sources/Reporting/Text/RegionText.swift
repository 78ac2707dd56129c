import Passes

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
      table.add([TextTable.Cell(region.name), TextTable.Cell("\(Figures.grouped(region.byteCount)) B")])
    }
    let reason = DisplayText.sanitized(regions.shortage ?? "")
    return table.lines(style) + style.paragraph("does not fit the regions: \(reason)", tone: .bad)
  }

  private func table(_ plan: RegionPlan) -> [String] {
    var table = TextTable([.flexible, .right, .right, .right, .right, .right])
    table.add(
      ["region", "capacity", "used", "tensors", "traffic per inference", "share"].map {
        TextTable.Cell($0, .faint)
      })
    for region in plan.regions {
      table.add([
        TextTable.Cell(region.name), TextTable.Cell("\(Figures.grouped(region.capacityBytes)) B"),
        TextTable.Cell("\(Figures.grouped(region.usedBytes)) B"),
        TextTable.Cell(Figures.grouped(region.tensorCount)),
        TextTable.Cell("\(Figures.grouped(region.trafficBytes)) B"),
        TextTable.Cell(Figures.share(region.trafficBytes, of: plan.trafficBytes)),
      ])
    }
    return table.lines(style)
  }

  private func proof(_ plan: RegionPlan) -> [String] {
    if plan.regions.count < 2 { return [] }
    if plan.isProved {
      return style.paragraph(
        "proved: in this order no choice keeps more traffic in faster regions", tone: .good)
    }
    let gap = plan.upperBound - plan.score
    return style.paragraph(
      "not proved: at most \(Figures.grouped(gap)) B of traffic more could be in a faster region",
      tone: .warning)
  }

  private func slower(_ regions: RegionReport, _ plan: RegionPlan) -> [String] {
    let slower = regions.slower
    if slower.isEmpty { return [] }
    var table = TextTable([.flexible, .flexible, .right, .right, .right, .right])
    table.add(
      ["in slower regions", "region", "offset", "bytes", "traffic", "share"].map {
        TextTable.Cell($0, .faint)
      })
    for index in slower.prefix(Self.mostTensors) {
      let tensor = plan.tensors[index]
      table.add([
        TextTable.Cell(DisplayText.sanitized(regions.names[index])),
        TextTable.Cell(plan.regions[tensor.region].name), TextTable.Cell(Figures.grouped(tensor.offset)),
        TextTable.Cell("\(Figures.grouped(tensor.byteCount)) B"),
        TextTable.Cell("\(Figures.grouped(tensor.trafficBytes)) B"),
        TextTable.Cell(Figures.share(tensor.trafficBytes, of: plan.trafficBytes)),
      ])
    }
    let rest = slower.dropFirst(Self.mostTensors)
    let traffic = rest.reduce(0) { $0 + plan.tensors[$1].trafficBytes }
    return [""] + table.lines(style)
      + (rest.isEmpty ? [] : ["  and \(rest.count) more with \(Figures.grouped(traffic)) B of traffic"])
  }

  private var note: [String] {
    let tail = report.runtime.map { " (\(Figures.grouped($0.device.planned.tailBytes)) B)" } ?? ""
    return [""]
      + style.paragraph(
        "Traffic: bytes that operators write and read, each tensor once by each. Stock TFLM takes one arena: "
          + "this is a plan and a table for programs with an allocator, a linker script or several arenas of "
          + "their own ('nnopt export --regions' writes it as a header). What TFLM keeps for good\(tail) "
          + "needs room beside it.", tone: .faint)
  }
}
