package import GraphIR

/// x clamped to 0...1; equals LiteRT's RELU_0_TO_1.
package enum Relu0To1: Operator {
  package static let builtin = BuiltinOperator.relu0To1

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 1) {
    case .float32: return try context.unaryKernel(FloatRelu(range: 0...1))
    case .int8: return try context.integerKernel(QuantizedRelu<Int8>(context, 0...1))
    case .uint8: return try context.integerKernel(QuantizedRelu<UInt8>(context, 0...1))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, uint8")
    }
  }
}
