import Tensors

/// SVDF in int8 with a state of int16 or int8. The fused activation is not applied, as in TFLM.
struct SVDFIntegerKernel<State: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable>: Kernel {
  private let geometry: SVDFGeometry
  private let inputZeroPoint: Int32
  private let stateZeroPoint: Int32
  private let outputZeroPoint: Int32
  /// From products of features to the state.
  private let toState: QuantizedMultiplier
  /// From products of states to the output.
  private let toOutput: QuantizedMultiplier

  init(_ context: NodeContext, _ geometry: SVDFGeometry) throws(KernelError) {
    let input = try context.perTensorQuantization(0)
    let state = try context.perTensorQuantization(4)
    let output = try context.quantization(of: context.output(0), "output 0")
    let feature = try context.perTensorQuantization(1).scale
    let time = try context.perTensorQuantization(2).scale
    self.geometry = geometry
    inputZeroPoint = input.zeroPoint
    stateZeroPoint = state.zeroPoint
    outputZeroPoint = output.zeroPoint
    toState = QuantizedMultiplier(Double(input.scale) * Double(feature) / Double(state.scale))
    toOutput = QuantizedMultiplier(Double(state.scale) * Double(time) / Double(output.scale))
  }

  func run(_ arguments: KernelArguments) {
    let state = arguments.input(4, State.self)
    geometry.shift(state)
    writeFeatures(arguments, state)
    writeOutput(arguments, state)
  }

  private func writeFeatures(_ arguments: KernelArguments, _ state: TensorBuffer<State>) {
    let input = arguments.input(0, Int8.self)
    let weights = arguments.input(1, Int8.self)
    for row in 0..<geometry.batch {
      for filter in 0..<geometry.filters {
        var sum: Int32 = 0
        for column in 0..<geometry.inputs {
          let feature = Int32(input[row * geometry.inputs + column]) &- inputZeroPoint
          sum &+= Int32(weights[filter * geometry.inputs + column]) &* feature
        }
        let clamped = clamp(toState.apply(sum), to: Int32(State.min)...Int32(State.max))
        let column = geometry.stateRow(row, filter: filter) + geometry.memory - 1
        state[column] = State(truncatingIfNeeded: clamped &+ stateZeroPoint)
      }
    }
  }

  private func writeOutput(_ arguments: KernelArguments, _ state: TensorBuffer<State>) {
    let time = arguments.input(2, State.self)
    let bias = arguments.optionalInput(3, Int32.self)
    let output = arguments.output(0, Int8.self)
    let memory = geometry.memory
    for row in 0..<geometry.batch {
      for unit in 0..<geometry.units {
        var total = bias.map { $0[unit] } ?? 0
        for filter in unit * geometry.rank..<(unit + 1) * geometry.rank {
          let start = geometry.stateRow(row, filter: filter)
          for step in 0..<memory {
            total &+= Int32(time[filter * memory + step]) &* (Int32(state[start + step]) &- stateZeroPoint)
          }
        }
        let scaled = clamp(toOutput.apply(total) &+ outputZeroPoint, to: -128...127)
        output[row * geometry.units + unit] = Int8(truncatingIfNeeded: scaled)
      }
    }
  }
}
