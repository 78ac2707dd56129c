extension Resizing {
  /// The two old elements between which a new one lies, and the weight of the upper one.
  struct Neighbours<Weight: Sendable>: Sendable {
    let lower: Int
    let upper: Int
    let weight: Weight
  }
}

extension Resizing.Axis {
  /// Neighbours of each new element; weights are the distance from the lower one.
  var neighbours: [Resizing.Neighbours<Float>] {
    (0..<output).map { index in
      let position = isHalfPixel ? (Float(index) + 0.5) * scale - 0.5 : Float(index) * scale
      let lower = min(max(Int(position.rounded(.down)), 0), input - 1)
      let upper = max(0, min(Int(position.rounded(.up)), input - 1))
      return Resizing.Neighbours(lower: lower, upper: upper, weight: position - Float(lower))
    }
  }

  /// Neighbours of each new element; weights are the distance from the lower one in 1/1024.
  var fixedNeighbours: [Resizing.Neighbours<Int>] {
    guard output > 0 else { return [] }
    let scale =
      isAligned && output > 1
      ? (1024 * (input - 1) + (output - 1) / 2) / (output - 1) : (1024 * input + output / 2) / output
    return (0..<output).map { index in
      let position = index * scale + (isHalfPixel ? scale / 2 - 512 : 0)
      let lower = min(max(position / 1024, 0), input - 1)
      let upper = max(0, min((position + 1023) / 1024, input - 1))
      return Resizing.Neighbours(lower: lower, upper: upper, weight: position - 1024 * lower)
    }
  }
}
