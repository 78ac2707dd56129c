/// Layers that are computed a few rows at a time: what they read, and how far they see.
///
/// A run has one source map, of which it may read any row at any time, and one sink, which it makes whole. Every
/// other map lives inside of it.
package struct StripeRun: Sendable, Equatable {
  /// Maps by number: first the source, then what the layers make, each behind what it is made of; the sink last.
  package let maps: [Map]
  /// In an order in which they can be computed; layer i makes map i + 1.
  package let layers: [Layer]

  /// Rows of numbers, such as an image's.
  package struct Map: Sendable, Equatable {
    package let height: Int
    package let rowBytes: Int

    package init(height: Int, rowBytes: Int) {
      self.height = height
      self.rowBytes = rowBytes
    }
  }

  /// What makes a map's rows of rows of others.
  package struct Layer: Sendable, Equatable {
    /// Numbers of maps.
    package let inputs: [Int]
    package let window: RowWindow
    /// Multiply-accumulates for a row of the result.
    package let rowWork: Int

    package init(inputs: [Int], window: RowWindow, rowWork: Int = 0) {
      self.inputs = inputs
      self.window = window
      self.rowWork = rowWork
    }
  }

  /// Rows of every input that a row of the result is made of.
  package struct RowWindow: Sendable, Equatable {
    /// From the first row that is read to the last, with those that a dilation leaves out.
    package let extent: Int
    package let stride: Int
    /// Rows above the input that count as padding.
    package let paddingBefore: Int
    /// Rows of the result that are made of the same row; more than 1 only where a row is made of one row.
    package let repeats: Int

    package init(extent: Int, stride: Int = 1, paddingBefore: Int = 0) {
      self.extent = extent
      self.stride = stride
      self.paddingBefore = paddingBefore
      repeats = 1
    }

    /// Every row several times.
    package init(repeats: Int) {
      (extent, stride, paddingBefore, self.repeats) = (1, 1, 0, repeats)
    }

    /// A row for a row: sums, activations.
    package static let pointwise = RowWindow(extent: 1)

    /// The first row that a row of the result is made of; negative where that is padding.
    package func first(for row: Int) -> Int {
      repeats > 1 ? row.floorDivided(by: repeats) : row * stride - paddingBefore
    }
  }

  package init(maps: [Map], layers: [Layer]) {
    self.maps = maps
    self.layers = layers
  }

  package var sink: Int { maps.count - 1 }

  /// Layers that read a map, by number.
  package func consumers(of map: Int) -> [Int] {
    layers.indices.filter { layers[$0].inputs.contains(map) }
  }

  /// The fewest rows of the sink for which every layer makes whole rows.
  package var leastRows: Int {
    /// Rows of each map for a row of the sink, as fractions.
    var rates = [(rows: Int, of: Int)](repeating: (0, 1), count: maps.count)
    rates[sink] = (1, 1)
    var least = 1
    for map in maps.indices.dropLast().reversed() {
      guard let reader = consumers(of: map).first else { continue }
      let window = layers[reader].window
      let (rows, parts) = (rates[reader + 1].rows * window.stride, rates[reader + 1].of * window.repeats)
      let common = rows.greatestCommonDivisor(with: parts)
      rates[map] = (rows / common, parts / common)
      least = least / least.greatestCommonDivisor(with: rates[map].of) * rates[map].of
    }
    return least
  }

  /// Multiply-accumulates of all layers without stripes.
  package var work: Int {
    zip(layers, maps.dropFirst()).reduce(0) { $0 + $1.0.rowWork * $1.1.height }
  }

  /// Rows of padding that consumers read above a map and below it.
  package func borders(of map: Int) -> (above: Int, below: Int) {
    var (above, below) = (0, 0)
    for index in consumers(of: map) {
      let window = layers[index].window
      let last = window.first(for: maps[index + 1].height - 1) + window.extent - 1
      above = max(above, window.paddingBefore)
      below = max(below, last - (maps[map].height - 1))
    }
    return (above, below)
  }
}

/// Why layers cannot be computed a few rows at a time.
package enum StripingError: Error, Equatable {
  /// Numbers that are no run: windows without rows, inputs that are made later, heights of 0.
  case invalidRun(String)
  /// Consumers move over a map at different speeds.
  case unequalRates(map: Int)
  /// The rows of a turn do not divide the sink's.
  case unevenTurns(rows: Int, height: Int)
  /// A turn would need a part of a row.
  case partialRows(map: Int)
}

extension StripingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .invalidRun(let reason): reason
    case .unequalRates(let map): "what reads map \(map) moves over it at different speeds"
    case .unevenTurns(let rows, let height): "turns of \(rows) rows do not divide \(height) rows"
    case .partialRows(let map): "a turn would need a part of a row of map \(map)"
    }
  }
}

extension Int {
  fileprivate func greatestCommonDivisor(with other: Int) -> Int {
    var (one, two) = (self, other)
    while two != 0 { (one, two) = (two, one % two) }
    return Swift.max(1, one)
  }

  func floorDivided(by divisor: Int) -> Int {
    self >= 0 ? self / divisor : -((-self + divisor - 1) / divisor)
  }
}
