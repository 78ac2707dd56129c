package import GraphIR

/// max(x, 0) for every element; equals TFLM's RELU, and LiteRT's for uint8.
package enum Relu: Operator {
  package static let builtin = BuiltinOperator.relu

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let range: ClosedRange<Float> = 0...Float.infinity
    switch try context.sharedType(inputs: 1) {
    case .float32: return try context.unaryKernel(FloatRelu(range: range))
    case .int8: return try context.integerKernel(QuantizedRelu<Int8>(context, range, inDouble: true))
    case .uint8: return try context.integerKernel(QuantizedRelu<UInt8>(context, range))
    case .int16: return try context.integerKernel(QuantizedRelu<Int16>(context, range, inDouble: true))
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16, uint8")
    }
  }
}
