import Execution
import GraphIR
import Operators
import Tensors

/// What a model answers to samples, and what another model's answers are measured against.
struct OutputTargets: Sendable {
  /// The numbers of every target by sample, one behind the other.
  let answers: [[Float]]
  /// The model that answered.
  let graph: GradientGraph
  /// What the square of a difference counts, by target: errors are parts of the answers' variance.
  let weights: [Float]
  /// Samples that are measured: as many as there are answers.
  var count: Int { answers.count }

  init(_ graph: GradientGraph, _ samples: SampleSet, count: Int, runner: ParallelRunner) throws(RunError) {
    answers = try runner.map(
      count: count, makeWorker: { graph.makeMemory() },
      body: { memory, sample throws(RunError) in
        graph.forward(memory, try Self.sample(samples, sample))
        return graph.answers(memory)
      })
    self.graph = graph
    let memory = graph.makeMemory()
    var start = 0
    var weights: [Float] = []
    for target in graph.targets {
      let range = start..<start + memory.value(target).count
      start = range.upperBound
      let numbers = answers.flatMap { $0[range] }.map(Double.init)
      let mean = numbers.reduce(0, +) / Double(max(numbers.count, 1))
      let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(max(numbers.count, 1))
      let share = Double(range.count) * Double(graph.targets.count) * max(variance, 1e-12)
      weights.append(Float(1 / share))
    }
    self.weights = weights
  }

  /// The numbers of a sample's float32 inputs.
  static func sample(_ samples: SampleSet, _ index: Int) throws(RunError) -> [[Float]] {
    do throws(DataError) {
      return try samples.sample(index).map { TensorData($0).elements(Float.self) }
    } catch {
      throw .data(error)
    }
  }

  /// Sets the targets' derivatives to those of the weighted squared error.
  ///
  /// - Returns: the error.
  func compare(_ graph: GradientGraph, _ memory: GradientMemory, with answers: [Float]) -> Double {
    var start = 0
    var error = 0.0
    for (target, weight) in zip(graph.targets, weights) {
      let (value, gradient) = (memory.value(target), memory.gradient(target))
      for index in value.indices {
        let difference = value[index] - answers[start + index]
        error += Double(weight * difference * difference)
        gradient[index] += 2 * weight * difference
      }
      start += value.count
    }
    return error
  }
}

/// How much the answers change with each layer's outputs.
enum OutputSensitivity {
  /// For every layer and output channel, the mean over samples of Σ (∂answer/∂output)² over positions and
  /// answers, in parts of the answers' variance; estimated with one random sign for each answer and
  /// sample (Hutchinson 1990).
  static func importance(
    of layers: [LinearLayer], _ graph: GradientGraph, _ targets: OutputTargets, _ samples: SampleSet,
    count: Int, runner: ParallelRunner
  ) throws(RunError) -> [[Double]] {
    let squares: [[[Double]]] = try runner.map(
      count: min(count, targets.count), makeWorker: { graph.makeMemory() },
      body: { memory, sample throws(RunError) in
        graph.forward(memory, try OutputTargets.sample(samples, sample))
        memory.clearGradients()
        var signs = Signs(seed: UInt64(sample))
        for (target, weight) in zip(graph.targets, targets.weights) {
          let gradient = memory.gradient(target)
          for index in gradient.indices { gradient[index] = signs.next() * weight.squareRoot() }
        }
        graph.backward(memory)
        return layers.map { Self.squares(of: memory.gradient($0.output), channels: $0.outputChannels) }
      })
    var result = layers.map { [Double](repeating: 0, count: $0.outputChannels) }
    for sample in squares {
      for layer in layers.indices {
        for channel in sample[layer].indices {
          result[layer][channel] += sample[layer][channel] / Double(squares.count)
        }
      }
    }
    return result
  }

  private static func squares(of gradient: TensorBuffer<Float>, channels: Int) -> [Double] {
    var result = [Double](repeating: 0, count: channels)
    for index in gradient.indices { result[index % channels] += Double(gradient[index] * gradient[index]) }
    return result
  }

  /// Seeded signs: SplitMix64 (Steele, Lea & Flood 2014).
  private struct Signs {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0xD1B5_4A32_D192_ED03 }

    mutating func next() -> Float {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return (word ^ (word >> 31)) & 1 == 0 ? 1 : -1
    }
  }
}
