package import GraphIR
import Tensors

/// Plain recurrent layer over a sequence.
///
/// Input batch×time×I (time×batch×I if `time_major`), weights U×I, recurrent weights U×U, bias U, state
/// batch×U; output …×U. Equals LiteRT's reference kernel for float32, and for float32 with int8 weights.
package enum UnidirectionalSequenceRNN: Operator {
  package static let builtin = BuiltinOperator.unidirectionalSequenceRNN

  package static func multiplyAccumulates(of node: Node, in graph: Graph) -> Int {
    guard let input = graph.inputShape(0, of: node), let features = input.dimensions.last, features > 0
    else { return 0 }
    let weights = (1...2).reduce(0) { $0 + (graph.inputShape($1, of: node)?.elementCount ?? 0) }
    return (input.elementCount / features).saturatingMultiply(weights)
  }

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let geometry = try SequenceGeometry(context, statePosition: 4)
    let activation = FusedActivation(context.attributes)
    let weights = try context.input(1).elementType
    _ = try context.input(
      0, is: .float32,
      [
        geometry.isTimeMajor ? geometry.steps : geometry.batch,
        geometry.isTimeMajor ? geometry.batch : geometry.steps, geometry.inputs,
      ])
    guard [.float32, .int8, .uint8].contains(weights) else {
      throw .unsupportedType("input 1 is \(weights), expected float32 or int8")
    }
    _ = try context.input(1, is: weights, [geometry.units, geometry.inputs])
    _ = try context.input(2, is: weights, [geometry.units, geometry.units])
    _ = try context.input(3, is: .float32, [geometry.units])
    _ = try context.state(4, is: .float32, elementCount: geometry.stateCount)
    _ = try context.output(is: .float32, geometry.outputDimensions)
    guard weights != .float32 else { return RNNFloatKernel(geometry: geometry, activation: activation) }
    return RNNHybridKernel(
      geometry: geometry, activation: activation,
      quantizer: HybridQuantizer(isAsymmetric: context.attributes.bool("asymmetric_quantize_inputs")),
      inputScale: try context.perTensorQuantization(1).scale,
      stateScale: try context.perTensorQuantization(2).scale)
  }
}

/// Recurrent layer in float32.
struct RNNFloatKernel: Kernel {
  let geometry: SequenceGeometry
  let activation: FusedActivation

  func run(_ arguments: KernelArguments) {
    let (inputs, units) = (geometry.inputs, geometry.units)
    let input = arguments.input(0, Float.self)
    let weights = arguments.input(1, Float.self)
    let recurrent = arguments.input(2, Float.self)
    let bias = arguments.input(3, Float.self)
    let state = arguments.input(4, Float.self)
    let output = arguments.output(0, Float.self)
    geometry.forEachRow { row, batch in
      for unit in 0..<units {
        var first: Float = 0
        for index in 0..<inputs { first += input[row * inputs + index] * weights[unit * inputs + index] }
        var second: Float = 0
        for index in 0..<units { second += state[batch * units + index] * recurrent[unit * units + index] }
        output[row * units + unit] = activation.apply(bias[unit] + first + second)
      }
      state.copy(from: output, row * units..<(row + 1) * units, to: batch * units)
    }
  }
}

/// Recurrent layer of float activations with int8 weights: input and state are quantized by row.
struct RNNHybridKernel: Kernel {
  let geometry: SequenceGeometry
  let activation: FusedActivation
  let quantizer: HybridQuantizer
  let inputScale: Float
  let stateScale: Float

  var scratchByteCount: Int { geometry.inputs + geometry.units }

  func run(_ arguments: KernelArguments) {
    let (inputs, units) = (geometry.inputs, geometry.units)
    let input = arguments.input(0, Float.self)
    let weights = arguments.input(1, Int8.self)
    let recurrent = arguments.input(2, Int8.self)
    let bias = arguments.input(3, Float.self)
    let state = arguments.input(4, Float.self)
    let output = arguments.output(0, Float.self)
    let quantized = arguments.scratch.elements(Int8.self)
    geometry.forEachRow { row, batch in
      let fromInput = quantizer.quantize(input, row * inputs..<(row + 1) * inputs, into: quantized)
      let fromState = quantizer.quantize(
        state, batch * units..<(batch + 1) * units, into: quantized, at: inputs)
      for unit in 0..<units {
        let first = fromInput.dot(weights, row: unit * inputs, quantized, start: 0, count: inputs)
        let second = fromState.dot(recurrent, row: unit * units, quantized, start: inputs, count: units)
        let sum = bias[unit] + Float(first) * (fromInput.scale * inputScale)
        output[row * units + unit] = activation.apply(sum + Float(second) * (fromState.scale * stateScale))
      }
      state.copy(from: output, row * units..<(row + 1) * units, to: batch * units)
    }
  }
}
