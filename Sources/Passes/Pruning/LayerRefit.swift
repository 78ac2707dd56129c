import Execution
import GraphIR
import Tensors

/// Fits the weights and biases of a pruned graph, layer by layer in the graph's order, to what the layers
/// of the original made of the original's activations: least squares over the calibration samples, with the
/// inputs that the layer really gets now (He, Zhang & Sun 2017).
struct LayerRefit: Sendable {
  let samples: SampleSet
  let count: Int
  let runner: ParallelRunner
  let pass: String

  /// Dampings that are tried; the one whose weights do best on the last quarter of the samples is used.
  private static let dampings = [1e-6, 1e-4, 1e-2, 1]

  /// - Parameters:
  ///   - graph: the pruned graph; its nodes and values have the numbers of the original's.
  ///   - kept: output channels that stayed, by value; nil where all did.
  func run(on graph: inout Graph, original: Graph, kept: [[Int]?]) throws(PassError) {
    var before = try LayerSweep(original, samples, count: count, runner: runner, pass: pass)
    var after = try LayerSweep(graph, samples, count: count, runner: runner, pass: pass)
    var isChanged = kept.map { $0 != nil }
    for index in original.nodes.indices {
      let id = NodeID(index)
      let inputs = original[id].inputs.compactMap(\.self)
      if inputs.contains(where: { isChanged[$0.index] }) {
        for output in original[id].outputs { isChanged[output.index] = true }
        if let old = LinearLayer(id, in: original), let new = LinearLayer(id, in: graph),
          isChanged[old.input.index]
        {
          fit(new, in: &graph, old, of: original, kept[old.output.index], before, after)
        }
      }
      try before.run(id, of: original)
      try after.run(id, of: graph)
    }
  }

  private func fit(
    _ new: LinearLayer, in graph: inout Graph, _ old: LinearLayer, of original: Graph, _ kept: [Int]?,
    _ before: LayerSweep, _ after: LayerSweep
  ) {
    let channels = kept ?? Array(0..<old.outputChannels)
    let reference = old.matrix(in: original).selecting(rows: Array(0...old.rowLength), columns: channels)
    var weights = new.matrix(in: graph)
    if case .depthwise = new.kind {
      for (channel, source) in channels.enumerated() {
        let rows = Array(0...new.rowLength)
        let parts = equations(
          new, old, reference.selecting(rows: rows, columns: [channel]), channel, source, before, after)
        let prior = weights.selecting(rows: rows, columns: [channel])
        guard let fitted = Self.solve(parts, near: prior) else { continue }
        for row in rows { weights[row, channel] = fitted[row, 0] }
      }
    } else {
      let parts = equations(new, old, reference, 0, 0, before, after)
      guard let fitted = Self.solve(parts, near: weights) else { return }
      weights = fitted
    }
    new.store(weights, in: &graph)
  }

  /// Normal equations by part of the samples: inputs of the new layer, outputs of the old.
  private func equations(
    _ new: LinearLayer, _ old: LinearLayer, _ reference: Matrix, _ channel: Int, _ source: Int,
    _ before: LayerSweep, _ after: LayerSweep
  ) -> [NormalEquations] {
    let rows = LayerRows(new, sampleCount: count)
    return after.parts { samples in
      var part = NormalEquations(inputCount: new.rowLength, outputCount: reference.columns)
      var input = [Double](repeating: 1, count: new.rowLength + 1)
      var oldInput = [Double](repeating: 1, count: old.rowLength + 1)
      for sample in samples {
        let (activations, originals) =
          (after.floats(new.input, sample: sample), before.floats(old.input, sample: sample))
        for position in rows.positions(ofSample: sample) {
          new.fill(&input, from: activations, at: position, channel: channel)
          old.fill(&oldInput, from: originals, at: position, channel: source)
          var output = [Double](repeating: 0, count: reference.columns)
          for row in 0...old.rowLength {
            VectorLoops.addScaled(
              oldInput[row], reference.elements, row * reference.columns, to: &output, 0,
              count: reference.columns)
          }
          part.add(input, output)
        }
      }
      return part
    }
  }

  /// - Returns: nil where no damping does better than the weights that are there.
  static func solve(_ parts: [NormalEquations], near prior: Matrix) -> Matrix? {
    guard let last = parts.last else { return nil }
    let (inputs, outputs) = (last.inputCount, last.outputCount)
    let all = LinearLayer.sum(parts, inputs, outputs)
    guard parts.count > 1 else { return all.solve(near: prior, damping: 1e-4) }
    let rest = LinearLayer.sum(Array(parts.dropLast()), inputs, outputs)
    var best: (error: Double, damping: Double)?
    for damping in dampings {
      guard let weights = rest.solve(near: prior, damping: damping) else { continue }
      let error = last.squaredErrors(of: weights).reduce(0, +)
      if best.map({ error < $0.error }) ?? true { best = (error, damping) }
    }
    guard let best, best.error < last.squaredErrors(of: prior).reduce(0, +) else { return nil }
    return all.solve(near: prior, damping: best.damping)
  }
}
