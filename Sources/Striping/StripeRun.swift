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

    package init(extent: Int, stride: Int = 1, paddingBefore: Int = 0) {
      self.extent = extent
      self.stride = stride
      self.paddingBefore = paddingBefore
    }

    /// A row for a row: sums, activations.
    package static let pointwise = RowWindow(extent: 1)
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

  /// Multiply-accumulates of all layers without stripes.
  package var work: Int {
    zip(layers, maps.dropFirst()).reduce(0) { $0 + $1.0.rowWork * $1.1.height }
  }

  /// Rows of padding that consumers read above a map and below it.
  package func borders(of map: Int) -> (above: Int, below: Int) {
    var (above, below) = (0, 0)
    for index in consumers(of: map) {
      let window = layers[index].window
      let last = (maps[index + 1].height - 1) * window.stride - window.paddingBefore + window.extent - 1
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
}

extension StripingError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .invalidRun(let reason): reason
    case .unequalRates(let map): "what reads map \(map) moves over it at different speeds"
    case .unevenTurns(let rows, let height): "turns of \(rows) rows do not divide \(height) rows"
    }
  }
}
