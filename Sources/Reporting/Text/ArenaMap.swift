import Passes
import Workflows

/// The arena as a grid of characters: steps across, addresses up, each tensor a shade with its letter.
struct ArenaMap {
  let report: PlanReport
  let marks: TensorMarks
  let style: TerminalStyle

  private static let rows = 12
  private static let shades: [Character] = ["░", "▒", "▓"]

  var lines: [String] {
    let plan = report.plan
    guard plan.arenaBytes > 0 else { return [] }
    let end = plan.buffers.map(\.lifetime.upperBound).max() ?? 1
    let axis = StepAxis(
      stepCount: max(plan.steps.count, end), columns: style.width - LiveBytesChart.margin - 2)
    let raster = ArenaRaster(plan, axis, rowCount: Self.rows)
    let letters = marks.atPeak.isEmpty ? "" : "; letters from above, and other large tensors"
    let title = "\(style.paint("Arena", .heading)): steps across, addresses up\(letters)"
    return [title] + rows(raster) + axis.lines(margin: label(0) + " └") + legend
  }

  private func label(_ bytes: Int) -> String {
    let text = Figures.binaryBytes(bytes)
    return String(repeating: " ", count: max(0, LiveBytesChart.margin - 2 - text.count)) + text
  }

  private func rows(_ raster: ArenaRaster) -> [String] {
    let plan = report.plan
    let bySize = plan.buffers.indices.sorted {
      (-plan.buffers[$0].byteCount, $0) < (-plan.buffers[$1].byteCount, $1)
    }
    let shades = raster.shades(tensorCount: plan.buffers.count, order: bySize, count: Self.shades.count)
    let atPeak = Set(report.peak?.buffers.map(\.index) ?? [])
    var unlabelled = Set(marks.atPeak.map(\.index) + marks.others)
    return (0..<Self.rows).reversed().map { row in
      let cells = raster.cells[row].map { tensor -> (character: Character, tone: TerminalStyle.Tone) in
        guard let tensor else { return (" ", .plain) }
        let tone: TerminalStyle.Tone = atPeak.contains(tensor) ? .accent : .faint
        if unlabelled.remove(tensor) != nil, let letter = marks.letter(of: tensor) {
          return (letter, atPeak.contains(tensor) ? .heading : .plain)
        }
        return (Self.shades[shades[tensor]], tone)
      }
      let isLabelled = row == Self.rows - 1 || row == Self.rows / 2 - 1
      let bytes = NiceNumbers.part(row + 1, of: Self.rows, in: plan.arenaBytes)
      let margin = isLabelled ? label(bytes) : String(repeating: " ", count: LiveBytesChart.margin - 2)
      return margin + " │" + style.paint(cells)
    }
  }

  private var legend: [String] {
    var table = TextTable([.left, .right, .left, .left, .flexible], indent: LiveBytesChart.margin)
    for tensor in marks.others {
      let place = report.plan.buffers[tensor]
      table.add([
        TextTable.Cell(marks.letter(of: tensor).map(String.init) ?? "", .accent),
        TextTable.Cell("\(Figures.grouped(place.byteCount)) B"),
        TextTable.Cell("at \(Figures.grouped(place.offset))"),
        TextTable.Cell(Self.steps(place.lifetime), .faint),
        TextTable.Cell(DisplayText.sanitized(report.buffers[tensor].name)),
      ])
    }
    return table.lines(style)
  }

  /// The steps at which a tensor is live, first and last.
  static func steps(_ lifetime: Range<Int>, isShort: Bool = false) -> String {
    if lifetime.count <= 1 { return "\(isShort ? "" : "step ")\(lifetime.lowerBound)" }
    return "\(isShort ? "" : "steps ")\(lifetime.lowerBound)–\(lifetime.upperBound - 1)"
  }
}
