import Datasets
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
          try fit(new, in: &graph, old, of: original, kept[old.output.index], before, after)
        }
      }
      try before.run(id, of: original)
      try after.run(id, of: graph)
    }
  }

  private func fit(
    _ new: LinearLayer, in graph: inout Graph, _ old: LinearLayer, of original: Graph, _ kept: [Int]?,
    _ before: LayerSweep, _ after: LayerSweep
  ) throws(PassError) {
    let channels = kept ?? Array(0..<old.outputChannels)
    let reference = old.matrix(in: original).selecting(rows: Array(0...old.rowLength), columns: channels)
    var weights = new.matrix(in: graph)
    let isDepthwise = if case .depthwise = new.kind { true } else { false }
    let groups = isDepthwise ? channels.indices.map { [$0] } : [Array(channels.indices)]
    let parts = try equations(
      new, old, groups.map { group in (group, channels[group[0]]) }, reference, before, after)
    for (index, group) in groups.enumerated() {
      let rows = Array(0...new.rowLength)
      let prior = weights.selecting(rows: rows, columns: group)
      guard let fitted = Self.solve(parts.map { $0[index] }, near: prior) else { continue }
      for row in rows {
        for (place, channel) in group.enumerated() { weights[row, channel] = fitted[row, place] }
      }
    }
    var edit = GraphEdit(of: graph)
    new.store(weights, in: &edit)
    graph.apply(edit)
  }

  /// Normal equations by part of the samples and by group of outputs that read the same inputs: inputs of
  /// the new layer, outputs of the old.
  ///
  /// - Parameter groups: output channels of the new layer, and the old channel of the first.
  private func equations(
    _ new: LinearLayer, _ old: LinearLayer, _ groups: [(channels: [Int], source: Int)], _ reference: Matrix,
    _ before: LayerSweep, _ after: LayerSweep
  ) throws(PassError) -> [[NormalEquations]] {
    let rows = LayerRows(new, sampleCount: count)
    let references = groups.map {
      reference.selecting(rows: Array(0...old.rowLength), columns: $0.channels)
    }
    return try after.parts { samples throws(PassError) in
      var parts = groups.map {
        NormalEquations(inputCount: new.rowLength, outputCount: $0.channels.count)
      }
      for block in LayerRows.blocks(samples, of: rows) {
        let numbers = try block.map { part throws(PassError) in
          try after.floats(new.input, sample: part.sample)
        }
        let originals = try block.map { part throws(PassError) in
          try before.floats(old.input, sample: part.sample)
        }
        let first = block[0].sample
        for (index, group) in groups.enumerated() {
          let inputs = new.rows(block, channel: group.channels[0]) { numbers[$0 - first] }
          let oldInputs = old.rows(block, channel: group.source) { originals[$0 - first] }
          parts[index].add(inputs, oldInputs * references[index])
        }
      }
      return parts
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
