import Foundation
import Passes
import Workflows

/// Where sizes and accuracies lie in one panel: bytes across in a logarithmic scale, percent up.
struct SearchPlot {
  /// What stands across.
  enum Quantity {
    case file
    case arena

    func bytes(_ figures: SearchFigures) -> Int {
      switch self {
      case .file: figures.model.fileBytes
      case .arena: figures.model.arenaBytes
      }
    }

    var title: String {
      switch self {
      case .file: "file size, KiB (logarithmic)"
      case .arena: "arena, KiB (logarithmic)"
      }
    }
  }

  let quantity: Quantity
  let left: Double
  let top = 104.0
  let width = 410.0
  let height = 420.0
  private let bytes: (low: Double, high: Double)
  private let percents: (low: Double, high: Double)

  /// Points below the original beyond which the picture does not go.
  private static let deepest = 6.0

  /// - Parameter figures: what is shown, and the original last.
  init(_ quantity: Quantity, left: Double, of figures: [SearchFigures]) {
    self.quantity = quantity
    self.left = left
    let sizes = figures.map(quantity.bytes)
    let accuracies = figures.dropLast().compactMap(\.model.top1)
    let reference = figures.last?.model.top1 ?? 0
    let smallest = Double(max(sizes.min() ?? 1, 1))
    let largest = Double(max(sizes.max() ?? 1, 1))
    bytes = (smallest / 1.12, max(largest, smallest * 1.2) * 1.12)
    let percents = accuracies.map { 100 * $0 }
    let high = max(percents.max() ?? 100, 100 * reference)
    let low = max(min(percents.min() ?? 0, 100 * reference), 100 * reference - Self.deepest)
    let margin = max(high - low, 0.2) * 0.08
    self.percents = (low - margin, high + margin)
  }

  var right: Double { left + width }
  var bottom: Double { top + height }

  func x(_ figures: SearchFigures) -> Double { x(quantity.bytes(figures)) }

  private func x(_ count: Int) -> Double {
    left + width * log(Double(max(count, 1)) / bytes.low) / log(bytes.high / bytes.low)
  }

  func y(_ share: Double) -> Double {
    bottom - height * (100 * share - percents.low) / (percents.high - percents.low)
  }

  /// Whether an accuracy is too low for the picture.
  func isBelow(_ share: Double) -> Bool { 100 * share < percents.low }

  /// Round sizes between both ends, in KiB.
  private var sizeTicks: [Double] {
    let factors = [1, 1.5, 2, 3, 4, 5, 6, 8]
    let decades = stride(from: -2.0, through: 9, by: 1).map { pow(10, $0) }
    let all = decades.flatMap { decade in factors.map { $0 * decade } }
    let inside = all.filter { (bytes.low...bytes.high).contains($0 * 1024) }
    // Labels need room: where they are many, the round ones stay.
    return inside.count <= 9 ? inside : inside.filter { [1, 2, 5].contains(Self.leadingDigit($0)) }
  }

  private static func leadingDigit(_ number: Double) -> Double {
    let digit = number / pow(10, log10(number).rounded(.down))
    return (digit * 10).rounded() / 10
  }

  /// Round percents between both ends, and how many decimals they have.
  private var percentTicks: (values: [Double], places: Int) {
    let span = percents.high - percents.low
    let steps = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20]
    let step = steps.first { span / $0 <= 8 } ?? 20
    let first = (percents.low / step).rounded(.up)
    let count = Int((percents.high / step).rounded(.down) - first)
    let values = (0...max(count, 0)).map { (first + Double($0)) * step }
    return (values, step < 0.1 ? 2 : step < 1 ? 1 : 0)
  }

  func drawAxes(on canvas: inout SVGCanvas, accuracy: String) {
    canvas.rectangle(x: left, y: top, width: width, height: height, style: "plot")
    for tick in sizeTicks {
      let x = x(Int((tick * 1024).rounded()))
      canvas.line(from: (x, top), to: (x, bottom), style: "grid")
      let places = tick < 1 ? 2 : tick == tick.rounded() ? 0 : 1
      canvas.text(
        Figures.decimal(tick, places: places), x: x, y: bottom + 18, style: "axis", anchor: .middle)
    }
    let ticks = percentTicks
    for tick in ticks.values {
      let y = y(tick / 100)
      canvas.line(from: (left, y), to: (right, y), style: "grid")
      canvas.text(
        Figures.decimal(tick, places: ticks.places), x: left - 8, y: y + 4, style: "axis", anchor: .end)
    }
    canvas.line(from: (left, bottom), to: (right, bottom), style: "frame")
    canvas.text(
      quantity.title, x: left + width / 2, y: bottom + 38, style: "axis", anchor: .middle)
    canvas.text(
      "\(accuracy), %", x: left - 54, y: top + height / 2, style: "axis", anchor: .middle, isUpright: true)
  }
}
