import Execution
import GraphIR
import Operators
import Tensors

/// How much the answers change with each layer's outputs.
enum OutputSensitivity {
  /// For every layer and output channel, the mean over samples of Σ (∂answer/∂output)² over positions and
  /// answers, in parts of the answers' variance; estimated with one random sign for each answer and
  /// sample (Hutchinson 1990).
  static func importance(
    of layers: [LinearLayer], _ graph: GradientGraph, _ targets: OutputTargets, _ samples: FittingSamples,
    count: Int, runner: ParallelRunner
  ) throws(RunError) -> [[Double]] {
    let count = min(count, targets.count)
    let squares: [[[Double]]] = try runner.mapLanes(
      count: count, makeWorker: { graph.makeMemory() },
      body: { (memory: GradientMemory, range: [Int]) throws(RunError) -> [[[Double]]] in
        graph.forward(memory, try samples.numbers(range))
        memory.clearGradients()
        for (lane, sample) in range.enumerated() {
          var words = SeededRandom(seed: UInt64(sample) &* 0xD1B5_4A32_D192_ED03)
          for (target, weight) in zip(graph.targets, targets.weights) where memory.hasGradient(target) {
            let gradient = memory.gradient(target)
            for place in stride(from: lane, to: gradient.count, by: GradientMemory.laneCount) {
              gradient[place] = words.next() & 1 == 0 ? weight.squareRoot() : -weight.squareRoot()
            }
          }
        }
        graph.backward(memory)
        return [layers.map { Self.squares(of: $0, memory) }]
      })
    var result = layers.map { [Double](repeating: 0, count: $0.outputChannels) }
    for part in squares {
      for layer in layers.indices {
        for channel in part[layer].indices { result[layer][channel] += part[layer][channel] / Double(count) }
      }
    }
    return result
  }

  /// Zeros for a layer that has no part in any answer.
  private static func squares(of layer: LinearLayer, _ memory: GradientMemory) -> [Double] {
    let channels = layer.outputChannels
    var result = [Double](repeating: 0, count: channels)
    guard memory.hasGradient(layer.output) else { return result }
    let gradient = memory.gradient(layer.output)
    for element in 0..<gradient.count / GradientMemory.laneCount {
      let slopes: SIMD8<Float> = gradient.lanes(element)
      let squares: SIMD8<Float> = slopes * slopes
      result[element % channels] += Double(squares.sum())
    }
    return result
  }
}
