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
}

extension LinearLayer {
  /// The second moments of the layer's inputs.
  func moments(_ sweep: LayerSweep) -> NormalEquations {
    let rows = LayerRows(self, sampleCount: sweep.count)
    let parts = sweep.parts { samples in
      var part = NormalEquations(inputCount: rowLength, outputCount: 0)
      var row = [Double](repeating: 1, count: rowLength + 1)
      for sample in samples {
        let input = sweep.floats(self.input, sample: sample)
        for position in rows.positions(ofSample: sample) {
          fill(&row, from: input, at: position)
          part.add(row, [])
        }
      }
      return part
    }
    return Self.sum(parts, rowLength, 0)
  }

  static func sum(_ parts: [NormalEquations], _ inputs: Int, _ outputs: Int) -> NormalEquations {
    var result = NormalEquations(inputCount: inputs, outputCount: outputs)
    for part in parts { result.add(part) }
    return result
  }
}
