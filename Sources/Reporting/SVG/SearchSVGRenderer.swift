import Passes
package import Workflows

/// A picture of a search: file and arena across in a panel each, accuracy up, the Pareto front numbered and listed below.
package struct SearchSVGRenderer: Sendable {
  private static let width = 1000
  private static let row = 18.0
  /// Members of the front that are listed; the table on the terminal has all.
  private static let listLimit = 30
  private static let columns = [40.0, 128, 216, 318, 396, 462, 478]

  package init() {}

  /// The document's text.
  package func render(_ report: SearchReport) -> String {
    let figures = report.state.contenders.map(\.figures) + [report.before]
    let plots = [
      SearchPlot(.file, left: 76, of: figures), SearchPlot(.arena, left: 566, of: figures),
    ]
    let listed = min(report.front.count, Self.listLimit)
    let bottom = plots[0].bottom
    let height = bottom + 84 + Double(listed) * Self.row + 20
    var canvas = SVGCanvas()
    canvas.rectangle(x: 0, y: 0, width: Double(Self.width), height: height, style: "page")
    drawTitle(report, on: &canvas)
    for plot in plots {
      plot.drawAxes(on: &canvas, accuracy: report.hasLabels ? "top-1" : "agreement with the model")
      drawOthers(report, plot, on: &canvas)
      drawFront(report, plot, on: &canvas)
    }
    drawList(report, from: bottom + 70, on: &canvas)
    return canvas.document(
      width: Self.width, height: Int(height.rounded(.up)),
      title: "Size, arena and accuracy of \(Self.name(report))",
      css: SVGTheme.css(tensorOutline: 0) + "\n" + Self.css)
  }

  private static let css = """
    .other { fill: #c3ccd5 } .below { fill: #c3ccd5 }
    .frontline { fill: none; stroke: #2f79ae; stroke-width: 1.4; stroke-opacity: 0.6 }
    .front { fill: #2f79ae; stroke: #f6f8fa; stroke-width: 1.2 }
    .best { fill: #e69f00; stroke: #1c2733; stroke-width: 1.2 }
    .before { fill: #f6f8fa; stroke: #1c2733; stroke-width: 1.8 }
    .number { font-size: 11px; font-weight: 600; paint-order: stroke; stroke: #f6f8fa; stroke-width: 3px }
    .head { font-size: 11px; font-weight: 600 }
    @media (prefers-color-scheme: dark) {
    .other, .below { fill: #4a5663 } .frontline { stroke: #86b6d8 } .front { fill: #86b6d8; stroke: #1a222b }
    .best { stroke: #e6edf3 } .before { fill: #1a222b; stroke: #e6edf3 } .number { stroke: #1a222b }
    }
    """

  /// The file's name: a picture is shown to others, who have other folders.
  private static func name(_ report: SearchReport) -> String {
    report.path.split(separator: "/").last.map(String.init) ?? report.path
  }

  private func drawTitle(_ report: SearchReport, on canvas: inout SVGCanvas) {
    canvas.text(
      "Size, arena and accuracy of \(DisplayText.shortened(Self.name(report), to: 60))", x: 24, y: 36,
      style: "title"
    )
    canvas.text(
      "\(report.state.measuredCount) sequences of passes, \(Figures.grouped(report.sampleCount)) samples · "
        + "white: the model as it is · blue: no other one is better in size, arena, speed and accuracy",
      x: 24, y: 60, style: "note")
    canvas.text(
      "orange: the smallest and the fastest within \(Figures.decimal(report.maximumDrop, places: 2)) points, "
        + "and the most accurate · grey: the others", x: 24, y: 80, style: "note")
  }

  /// Candidates off the front; those far below stand as triangles on the lower edge.
  private func drawOthers(_ report: SearchReport, _ plot: SearchPlot, on canvas: inout SVGCanvas) {
    for contender in report.state.contenders where !report.front.contains(contender) {
      draw(contender.figures, contender.candidate.key, plot, radius: 4, style: "other", on: &canvas)
    }
  }

  private func draw(
    _ figures: SearchFigures, _ label: String, _ plot: SearchPlot, radius: Double, style: String,
    on canvas: inout SVGCanvas
  ) {
    let share = figures.model.top1 ?? 0
    let x = plot.x(figures)
    if plot.isBelow(share) {
      let y = plot.bottom
      let points = [(x - 4, y - 9), (x + 4, y - 9), (x, y - 2)].map {
        "\(SVGCanvas.number($0.0)) \(SVGCanvas.number($0.1))"
      }
      return canvas.path("M\(points.joined(separator: "L"))Z", style: "below")
    }
    let words = [
      label.isEmpty ? "clean-up only" : label, Figures.bytes(plot.quantity.bytes(figures)),
      OptimizeTextRenderer.percent(share),
    ]
    canvas.circle(
      x: x, y: plot.y(share), radius: radius, style: style, tooltip: words.joined(separator: " · "))
  }

  private func drawFront(_ report: SearchReport, _ plot: SearchPlot, on canvas: inout SVGCanvas) {
    var line: [String] = []
    var highest = -1.0
    let rising = report.front.sorted { plot.quantity.bytes($0.figures) < plot.quantity.bytes($1.figures) }
    for member in rising where member.figures.model.top1 ?? 0 > highest {
      highest = member.figures.model.top1 ?? 0
      guard !plot.isBelow(highest) else { continue }
      let place = (plot.x(member.figures), plot.y(highest))
      line.append("\(SVGCanvas.number(place.0)) \(SVGCanvas.number(place.1))")
    }
    if line.count > 1 { canvas.path("M\(line.joined(separator: "L"))", style: "frontline") }
    draw(report.before, "the model as it is", plot, radius: 6, style: "before", on: &canvas)
    let best = SearchGoal.allCases.compactMap { report.best($0) }
    for member in report.front where !best.contains(member) {
      draw(member.figures, member.candidate.key, plot, radius: 5, style: "front", on: &canvas)
    }
    for member in report.front where best.contains(member) {
      draw(member.figures, member.candidate.key, plot, radius: 6, style: "best", on: &canvas)
    }
    drawNumbers(report, plot, on: &canvas)
  }

  /// Numbers beside the points, left away where there is no room.
  private func drawNumbers(_ report: SearchReport, _ plot: SearchPlot, on canvas: inout SVGCanvas) {
    let shown = report.front.prefix(Self.listLimit)
    let places = (report.front.map(\.figures) + [report.before]).map {
      (x: plot.x($0), y: plot.y($0.model.top1 ?? 0))
    }
    var taken: [(x: Double, y: Double)] = []
    for (index, place) in zip(shown.indices, places) {
      guard !plot.isBelow(shown[index].figures.model.top1 ?? 0) else { continue }
      let room = [(0.0, -14.0), (0, 15), (13, 1), (-13, 1), (11, -11), (-11, -11), (11, 12), (-11, 12)]
        .map { (x: place.x + $0.0, y: place.y + $0.1) }
        .first { spot in
          let isFree = taken.allSatisfy { abs($0.x - spot.x) > 15 || abs($0.y - spot.y) > 11 }
          return isFree
            && places.enumerated().allSatisfy {
              $0 == index || abs($1.x - spot.x) > 12 || abs($1.y - spot.y) > 11
            }
        }
      guard let room else { continue }
      taken.append(room)
      canvas.text(String(index + 1), x: room.x, y: room.y + 4, style: "number", anchor: .middle)
    }
  }

  private func drawList(_ report: SearchReport, from top: Double, on canvas: inout SVGCanvas) {
    let hasTime = report.before.milliseconds != nil
    let heads = [
      "", "file", "arena", "MACs", hasTime ? "about" : "", report.hasLabels ? "top-1" : "agreement",
    ]
    drawRow(heads, "options of nnopt optimize", at: top, style: "head", on: &canvas)
    for (index, member) in report.front.prefix(Self.listLimit).enumerated() {
      let figures = member.figures.model
      let cells = [
        String(index + 1), "\(Figures.grouped(figures.fileBytes)) B",
        "\(Figures.grouped(figures.arenaBytes)) B", Figures.grouped(figures.macs),
        member.figures.milliseconds.map { "\(CostText.rough($0)) ms" } ?? "",
        figures.top1.map(OptimizeTextRenderer.percent) ?? "",
      ]
      let goals = SearchGoal.allCases.filter { report.best($0) == member }.map(\.rawValue)
      let mark = goals.isEmpty ? "" : "  ◂ \(goals.joined(separator: ", "))"
      let key = member.candidate.key.isEmpty ? "(none)" : member.candidate.key
      drawRow(
        cells, DisplayText.shortened(key, to: 84 - mark.count) + mark,
        at: top + Double(index + 1) * Self.row, style: goals.isEmpty ? "axis" : "head", on: &canvas)
    }
  }

  private func drawRow(
    _ cells: [String], _ last: String, at y: Double, style: String, on canvas: inout SVGCanvas
  ) {
    for (cell, x) in zip(cells, Self.columns) where !cell.isEmpty {
      canvas.text(cell, x: x, y: y, style: style, anchor: .end)
    }
    canvas.text(last, x: Self.columns[6], y: y, style: style)
  }
}
