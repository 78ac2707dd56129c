package import GraphIR

/// x clamped to -1...1; equals LiteRT's RELU_N1_TO_1.
package enum ReluN1To1: Operator {
  package static let builtin = BuiltinOperator.reluN1To1

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 1) {
    case .float32: return try context.unaryKernel(FloatRelu(range: -1...1))
    case .int8: return try context.integerKernel(QuantizedRelu<Int8>(context, -1...1))
    case .uint8: return try context.integerKernel(QuantizedRelu<UInt8>(context, -1...1))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, uint8")
    }
  }
}
