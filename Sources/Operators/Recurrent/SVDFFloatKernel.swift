import Tensors

/// SVDF in float32.
struct SVDFFloatKernel: Kernel {
  let geometry: SVDFGeometry
  let activation: FusedActivation

  func run(_ arguments: KernelArguments) {
    let input = arguments.input(0, Float.self)
    let weights = arguments.input(1, Float.self)
    let state = arguments.input(4, Float.self)
    let time = arguments.input(2, Float.self)
    geometry.shift(state)
    for row in 0..<geometry.batch {
      for filter in 0..<geometry.filters {
        var sum: Float = 0
        for column in 0..<geometry.inputs {
          sum += weights[filter * geometry.inputs + column] * input[row * geometry.inputs + column]
        }
        state[geometry.stateRow(row, filter: filter) + geometry.memory - 1] = sum
      }
    }
    geometry.reduce(arguments, state, activation) { time[$0] }
  }
}

/// SVDF of float activations with int8 weights, as LiteRT runs it: features are quantized by row.
struct SVDFHybridKernel: Kernel {
  let geometry: SVDFGeometry
  let activation: FusedActivation
  let quantizer: HybridQuantizer
  let featureScale: Float
  let timeScale: Float

  var scratchByteCount: Int { geometry.inputs }

  func run(_ arguments: KernelArguments) {
    let input = arguments.input(0, Float.self)
    let weights = arguments.input(1, Int8.self)
    let time = arguments.input(2, Int8.self)
    let state = arguments.input(4, Float.self)
    let quantized = arguments.scratch.elements(Int8.self)
    let inputs = geometry.inputs
    geometry.shift(state)
    for row in 0..<geometry.batch {
      let parameters = quantizer.quantize(input, row * inputs..<(row + 1) * inputs, into: quantized)
      let scale = parameters.scale * featureScale
      for filter in 0..<geometry.filters {
        let dot = parameters.dot(weights, row: filter * inputs, quantized, start: 0, count: inputs)
        state[geometry.stateRow(row, filter: filter) + geometry.memory - 1] = Float(dot) * scale
      }
    }
    geometry.reduce(arguments, state, activation) { timeScale * Float(time[$0]) }
  }
}

extension SVDFGeometry {
  /// Moves the whole state to the left by one element, across rows, as TFLM does.
  func shift<Element: BitwiseCopyable>(_ state: TensorBuffer<Element>) {
    guard state.count > 1 else { return }
    state.copy(from: state, 1..<state.count, to: 0)
  }

  /// Weighs the state over time, sums `rank` filters to one unit, and applies the activation.
  @inline(__always)
  func reduce(
    _ arguments: KernelArguments, _ state: TensorBuffer<Float>, _ activation: FusedActivation,
    timeWeight: (Int) -> Float
  ) {
    let bias = arguments.optionalInput(3, Float.self)
    let output = arguments.output(0, Float.self)
    for row in 0..<batch {
      for unit in 0..<units {
        var total = bias.map { $0[unit] } ?? 0
        for filter in unit * rank..<(unit + 1) * rank {
          var sum: Float = 0
          let start = stateRow(row, filter: filter)
          for step in 0..<memory { sum += timeWeight(filter * memory + step) * state[start + step] }
          total += sum
        }
        output[row * units + unit] = activation.apply(total)
      }
    }
  }
}
