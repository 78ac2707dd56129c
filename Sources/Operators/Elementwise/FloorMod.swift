package import GraphIR

/// a − b · ⌊a / b⌋ for two tensors that broadcast; equals TFLM's FLOOR_MOD for float32, and LiteRT's for
/// integers.
package enum FloorMod: Operator {
  package static let builtin = BuiltinOperator.floorMod

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.sharedType(inputs: 2) {
    case .float32: return try context.binaryKernel(FloatFloorRemainder())
    case .int8: return try context.binaryKernel(FloorRemainder<Int8>())
    case .int16: return try context.binaryKernel(FloorRemainder<Int16>())
    case .int32: return try context.binaryKernel(FloorRemainder<Int32>())
    case .int64: return try context.binaryKernel(FloorRemainder<Int64>())
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int16, int32, int64")
    }
  }
}
