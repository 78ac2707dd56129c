package import GraphIR

/// ⌊a / b⌋ for two tensors that broadcast; equals TFLM's FLOOR_DIV for float32, and LiteRT's for integers.
package enum FloorDiv: Operator {
  package static let builtin = BuiltinOperator.floorDiv

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 2) {
    case .float32: return try context.binaryKernel(FloatFloorQuotient())
    case .int8: return try context.binaryKernel(FloorQuotient<Int8>())
    case .int16: return try context.binaryKernel(FloorQuotient<Int16>())
    case .int32: return try context.binaryKernel(FloorQuotient<Int32>())
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16, int32")
    }
  }
}
