package import GraphIR
import Tensors

/// Long short-term memory over a sequence: input, forget, cell and output gate, without peepholes,
/// projection and layer normalization.
///
/// Input batch×time×I (time×batch×I if `time_major`), weights U×I and U×U of four gates, biases U,
/// output state and cell state of batch·U elements; output …×U. Equals TFLM's kernel for float32 and for int8 or
/// int16 activations with int8 weights and an int16 cell, and LiteRT's for float32 with int8 weights.
package enum UnidirectionalSequenceLSTM: Operator {
  package static let builtin = BuiltinOperator.unidirectionalSequenceLSTM

  package static func multiplyAccumulates(of node: Node, in graph: Graph) -> Int {
    guard let input = graph.inputShape(0, of: node), let features = input.dimensions.last, features > 0
    else { return 0 }
    let weights = (1...8).reduce(0) { $0 + (graph.inputShape($1, of: node)?.elementCount ?? 0) }
    return (input.elementCount / features).saturatingMultiply(weights)
  }

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    guard context.attributes.integer("fused_activation_function") == FusedActivation.tanh.rawValue else {
      throw .unsupported("the cell gate's activation is not TANH")
    }
    let geometry = try SequenceGeometry(context, statePosition: LSTMOperand.outputState)
    let types = (try context.input(0).elementType, try context.input(LSTMOperand.inputWeights).elementType)
    let bias: ElementType
    switch types {
    case (.float32, .float32), (.float32, .int8): bias = .float32
    case (.int8, .int8): bias = .int32
    case (.int16, .int8): bias = .int64
    default:
      throw .unsupportedType(
        "input 0 is \(types.0) and input 1 \(types.1); the LSTM takes float32, int8 and int16 with int8 weights"
      )
    }
    try checkOperands(context, geometry, weights: types.1, bias: bias)
    switch types {
    case (.float32, .float32): return LSTMFloatKernel(context, geometry)
    case (.int8, _): return try LSTMIntegerKernel<Int8, Int32>(context, geometry).specialized()
    case (.int16, _): return try LSTMIntegerKernel<Int16, Int64>(context, geometry).specialized()
    default: return try LSTMHybridKernel(context, geometry)
    }
  }

  private static func checkOperands(
    _ context: NodeContext, _ geometry: SequenceGeometry, weights: ElementType, bias: ElementType
  ) throws(KernelError) {
    let input = try context.input(0).elementType
    let (inputs, units) = (geometry.inputs, geometry.units)
    for gate in 0..<4 {
      _ = try context.input(LSTMOperand.inputWeights + gate, is: weights, [units, inputs])
      _ = try context.input(LSTMOperand.stateWeights + gate, is: weights, [units, units])
      _ = try context.input(LSTMOperand.biases + gate, is: bias, [units])
    }
    for position in [9, 10, 11, 16, 17, 20, 21, 22, 23] where context.optionalInput(position) != nil {
      throw .unsupported("input \(position) is given; no peephole, projection or normalization is supported")
    }
    let cell: ElementType = input == .float32 ? .float32 : .int16
    _ = try context.state(LSTMOperand.outputState, is: input, elementCount: geometry.stateCount)
    _ = try context.state(LSTMOperand.cellState, is: cell, elementCount: geometry.stateCount)
    _ = try context.output(is: input, geometry.outputDimensions)
  }
}

/// Positions of an LSTM's operands; gates stand in the order input, forget, cell, output.
enum LSTMOperand {
  static let inputWeights = 1
  static let stateWeights = 5
  static let biases = 12
  static let outputState = 18
  static let cellState = 19
}

/// The gates of an LSTM by their offset among the operands.
enum LSTMGate: Int, CaseIterable {
  case input = 0
  case forget = 1
  case cell = 2
  case output = 3
}
