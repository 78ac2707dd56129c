import Execution
import GraphIR
import Operators
import Tensors

/// Fits all weights and biases of a changed model to the original's answers at once: the squared difference
/// over the calibration samples, made small by Adam (Kingma & Ba 2015) from where the layers stand.
///
/// No labels are used. One sample in ten is held out: where they do not gain, the model stays as it was.
struct OutputRefit: Sendable {
  let targets: OutputTargets
  let samples: SampleSet
  /// Times that every sample is used.
  let epochs: Int
  let runner: ParallelRunner

  /// The first step's size, as a part of a tensor's root mean square.
  private static let rate: Float = 0.008
  private static let batchSize = 32
  private static let holdOut = 10
  private static let meanDecay: Float = 0.9
  private static let squareDecay: Float = 0.999

  /// What the fit did to the held-out samples' error, a part of the answers' variance.
  struct Outcome: Sendable, Equatable {
    let before: Double
    let after: Double
  }

  /// A tensor that is fitted.
  private struct Parameter {
    let id: ValueID
    var numbers: [Float]
    let rate: Float
    var mean: [Float]
    var square: [Float]
  }

  /// - Throws: `RunError` for samples that cannot be read.
  /// - Returns: nil where the graph has no derivatives, or there are too few samples.
  func run(on graph: inout Graph) throws(RunError) -> Outcome? {
    guard let gradients = try? GradientGraph(graph), targets.count >= 2 * Self.holdOut else { return nil }
    let layers = graph.nodes.indices.compactMap { LinearLayer(NodeID($0), in: graph) }
    var parameters = Self.parameters(of: layers, in: graph)
    let memories = (0..<4).map { _ in gradients.makeMemory() }
    let originals = memories.map { _ in targets.graph.makeMemory() }
    let held = (0..<targets.count).filter { $0 % Self.holdOut == Self.holdOut - 1 }
    let used = (0..<targets.count).filter { $0 % Self.holdOut != Self.holdOut - 1 }
    let before = try error(gradients, memories, held)
    let steps = epochs * ((used.count + Self.batchSize - 1) / Self.batchSize)
    var step = 0
    var (meanPower, squarePower): (Float, Float) = (1, 1)
    for epoch in 0..<epochs {
      let order = Self.shuffled(used, seed: UInt64(epoch))
      for start in stride(from: 0, to: order.count, by: Self.batchSize) {
        let batch = Array(order[start..<min(start + Self.batchSize, order.count)])
        let slopes = try slopes(gradients, memories, originals, batch, parameters.map(\.id))
        step += 1
        let rest = 1 - Float(step - 1) / Float(steps)
        meanPower *= Self.meanDecay
        squarePower *= Self.squareDecay
        let scales = (1 / (1 - meanPower), 1 / (1 - squarePower))
        Self.update(&parameters, slopes, rest: rest * rest * (3 - 2 * rest), scales)
        load(parameters, gradients, memories)
      }
    }
    let after = try error(gradients, memories, held)
    guard after < before else { return Outcome(before: before, after: before) }
    for parameter in parameters { graph[parameter.id].data = TensorData(floats: parameter.numbers) }
    return Outcome(before: before, after: after)
  }

  private static func parameters(of layers: [LinearLayer], in graph: Graph) -> [Parameter] {
    layers.flatMap { layer -> [Parameter] in
      let weights = graph[layer.weights].data.elements(Float.self)
      let square = weights.reduce(0) { $0 + Double($1) * Double($1) } / Double(max(weights.count, 1))
      let rate = Self.rate * max(Float(square.squareRoot()), 1e-4)
      return [layer.weights, layer.bias].compactMap(\.self).map { id in
        let numbers = graph[id].data.elements(Float.self)
        let zeros = [Float](repeating: 0, count: numbers.count)
        return Parameter(id: id, numbers: numbers, rate: rate, mean: zeros, square: zeros)
      }
    }
  }

  /// The mean derivative by every parameter over a batch, summed in the same order at any thread count.
  private func slopes(
    _ graph: GradientGraph, _ memories: [GradientMemory], _ originals: [GradientMemory], _ batch: [Int],
    _ ids: [ValueID]
  ) throws(RunError) -> [[Float]] {
    let parts = try runner.map(
      count: min(memories.count, batch.count), makeWorker: {},
      body: { (_: Void, part) throws(RunError) in
        let memory = memories[part]
        var sums = ids.map { [Float](repeating: 0, count: memory.value($0).count) }
        for position in stride(from: part, to: batch.count, by: memories.count) {
          let (inputs, answers) = try example(batch, position, originals[part])
          graph.forward(memory, inputs)
          memory.clearGradients()
          _ = targets.compare(graph, memory, with: answers)
          graph.backward(memory)
          for (index, id) in ids.enumerated() {
            VectorLoops.add(memory.gradient(id), to: &sums[index])
          }
        }
        return sums
      })
    var result = parts[0]
    for part in parts.dropFirst() {
      for index in result.indices {
        for element in result[index].indices { result[index][element] += part[index][element] }
      }
    }
    let scale = 1 / Float(batch.count)
    return result.map { $0.map { $0 * scale } }
  }

  /// A sample and the original's answers: every second time a mixture of the sample with its neighbour in
  /// the batch, to which the original answers anew (after Zhang et al. 2018), so that few samples go far.
  private func example(
    _ batch: [Int], _ position: Int, _ original: GradientMemory
  ) throws(RunError) -> (inputs: [[Float]], answers: [Float]) {
    let inputs = try OutputTargets.sample(samples, batch[position])
    guard position % 8 >= 4, batch.count > 1 else { return (inputs, targets.answers[batch[position]]) }
    let neighbour = batch[(position + 1) % batch.count]
    let others = try OutputTargets.sample(samples, neighbour)
    let share = Float((batch[position] &* 40_503 &+ neighbour &* 30_011) & 0xFF) / 256
    let mixture = zip(inputs, others).map { own, other in
      zip(own, other).map { share * $0 + (1 - share) * $1 }
    }
    targets.graph.forward(original, mixture)
    return (mixture, targets.graph.answers(original))
  }

  private static func update(
    _ parameters: inout [Parameter], _ slopes: [[Float]], rest: Float, _ scales: (mean: Float, square: Float)
  ) {
    for index in parameters.indices {
      let rate = parameters[index].rate * rest
      for element in parameters[index].numbers.indices {
        let slope = slopes[index][element]
        let mean = meanDecay * parameters[index].mean[element] + (1 - meanDecay) * slope
        let square = squareDecay * parameters[index].square[element] + (1 - squareDecay) * slope * slope
        parameters[index].mean[element] = mean
        parameters[index].square[element] = square
        parameters[index].numbers[element] -=
          rate * mean * scales.mean / ((square * scales.square).squareRoot() + 1e-12)
      }
    }
  }

  private func load(_ parameters: [Parameter], _ graph: GradientGraph, _ memories: [GradientMemory]) {
    for memory in memories {
      for parameter in parameters { memory.value(parameter.id).assign(parameter.numbers) }
      graph.prepare(memory)
    }
  }

  private func error(
    _ graph: GradientGraph, _ memories: [GradientMemory], _ chosen: [Int]
  ) throws(RunError) -> Double {
    let errors = try runner.map(
      count: memories.count, makeWorker: {},
      body: { (_: Void, part) throws(RunError) in
        var sum = 0.0
        for position in stride(from: part, to: chosen.count, by: memories.count) {
          graph.forward(memories[part], try OutputTargets.sample(samples, chosen[position]))
          sum += targets.compare(graph, memories[part], with: targets.answers[chosen[position]])
        }
        return sum
      })
    return errors.reduce(0, +) / Double(max(chosen.count, 1))
  }

  /// A seeded order (Fisher & Yates): the same on every machine.
  private static func shuffled(_ numbers: [Int], seed: UInt64) -> [Int] {
    var result = numbers
    var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1
    for index in result.indices.reversed() where index > 0 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      result.swapAt(index, Int((state >> 33) % UInt64(index + 1)))
    }
    return result
  }
}
