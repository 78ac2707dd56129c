import GraphIR
import Tensors

/// Which rows of a layer go into its normal equations: all, or an even choice of positions.
struct LayerRows: Sendable {
  private let positions: Int
  private let chosen: Int

  init(_ layer: LinearLayer, sampleCount: Int) {
    let budget = max(4 * layer.rowLength, 20_000)
    positions = max(layer.positionCount, 1)
    chosen = min(positions, max(1, (budget + sampleCount - 1) / sampleCount))
  }

  /// Positions of one sample, other ones for the next.
  func positions(ofSample sample: Int) -> [Int] {
    (0..<chosen).map { ($0 * positions / chosen + sample * 7) % positions }
  }

  /// Positions of one sample.
  typealias Part = (sample: Int, positions: [Int])

  /// Rows that are added to normal equations at a time, about.
  private static let blockSize = 64

  /// The positions of some samples, in blocks.
  static func blocks(_ samples: Range<Int>, of rows: LayerRows) -> [[Part]] {
    var result: [[Part]] = []
    var block: [Part] = []
    var count = 0
    for sample in samples {
      let positions = rows.positions(ofSample: sample)
      block.append((sample, positions))
      count += positions.count
      guard count >= blockSize else { continue }
      result.append(block)
      (block, count) = ([], 0)
    }
    return block.isEmpty ? result : result + [block]
  }
}

extension LinearLayer {
  /// The second moments of the layer's inputs.
  func moments(_ sweep: LayerSweep) throws(PassError) -> NormalEquations {
    let rows = LayerRows(self, sampleCount: sweep.count)
    let parts = try sweep.parts { samples throws(PassError) in
      var part = NormalEquations(inputCount: rowLength, outputCount: 0)
      for block in LayerRows.blocks(samples, of: rows) {
        let inputs = try self.rows(block) { sample throws(PassError) in
          try sweep.floats(self.input, sample: sample)
        }
        part.add(inputs, Matrix(rows: inputs.rows, columns: 0))
      }
      return part
    }
    return Self.sum(parts, rowLength, 0)
  }

  /// Rows of inputs at some positions, each with a 1 behind it.
  ///
  /// - Parameters:
  ///   - channel: the output channel, for a depthwise layer.
  ///   - input: gives the numbers of the layer's input by sample.
  func rows<Failure: Error>(
    _ block: [LayerRows.Part], channel: Int = 0, of input: (Int) throws(Failure) -> [Float]
  ) throws(Failure) -> Matrix {
    var parts: [(input: [Float], taps: [[Tap]])] = []
    for (sample, positions) in block { parts.append((try input(sample), positions.map { taps(at: $0) })) }
    return rows(parts, channel: channel)
  }

  /// Rows of inputs at the positions whose taps are given, each with a 1 behind it.
  func rows(_ parts: [(input: [Float], taps: [[Tap]])], channel: Int) -> Matrix {
    let length = rowLength + 1
    let count = parts.reduce(0) { $0 + $1.taps.count }
    var elements = [Double](repeating: 0, count: count * length)
    var start = 0
    for (input, positions) in parts {
      for taps in positions {
        fill(&elements, from: start, taps: taps, of: input, channel: channel)
        elements[start + rowLength] = 1
        start += length
      }
    }
    return Matrix(rows: count, columns: length, elements: elements)
  }

  static func sum(_ parts: [NormalEquations], _ inputs: Int, _ outputs: Int) -> NormalEquations {
    var result = NormalEquations(inputCount: inputs, outputCount: outputs)
    for part in parts { result.add(part) }
    return result
  }
}
