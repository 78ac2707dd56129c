import Foundation

/// A box by two corners.
struct Box: Sendable {
  let y0: Float
  let x0: Float
  let y1: Float
  let x1: Float

  init(yCenter: Float, xCenter: Float, halfHeight: Float, halfWidth: Float) {
    y0 = yCenter - halfHeight
    x0 = xCenter - halfWidth
    y1 = yCenter + halfHeight
    x1 = xCenter + halfWidth
  }

  var area: Float { (y1 - y0) * (x1 - x0) }

  /// Intersection over union.
  func overlap(_ other: Box) -> Float {
    let areas = (area, other.area)
    if areas.0 <= 0 || areas.1 <= 0 { return 0 }
    let height = max(min(y1, other.y1) - max(y0, other.y0), 0)
    let width = max(min(x1, other.x1) - max(x0, other.x0), 0)
    let intersection = height * width
    return intersection / (areas.0 + areas.1 - intersection)
  }
}

/// Suppression of boxes that overlap a box with a better score.
struct BoxSuppression {
  let boxes: [Box]
  let scoreThreshold: Float
  let overlapThreshold: Float

  /// Indices of the boxes to keep, best first.
  func select(_ scores: [Float], atMost limit: Int) -> [Int] {
    let candidates = scores.indices.filter { scores[$0] >= scoreThreshold }
    let order = Self.decreasing(candidates.map { scores[$0] }).map { candidates[$0] }
    var isSuppressed = [Bool](repeating: false, count: order.count)
    var selected: [Int] = []
    for index in order.indices where !isSuppressed[index] {
      if selected.count >= limit { break }
      selected.append(order[index])
      for other in index + 1..<order.count where !isSuppressed[other] {
        isSuppressed[other] = boxes[order[index]].overlap(boxes[order[other]]) > overlapThreshold
      }
    }
    return selected
  }

  /// Indices in the order of decreasing scores, the first of equal ones first.
  static func decreasing(_ scores: [Float]) -> [Int] {
    scores.indices.sorted { scores[$0] == scores[$1] ? $0 < $1 : scores[$0] > scores[$1] }
  }
}

/// e to the power of x.
func exponential(_ x: Double) -> Double { exp(x) }
