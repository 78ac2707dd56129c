package import GraphIR

/// Zeros in the shape of the input; equals TFLM's ZEROS_LIKE.
package enum ZerosLike: Operator {
  package static let builtin = BuiltinOperator.zerosLike

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1)
    try context.requireSameType()
    try context.requireOutput(shape: context.inputShape(0).dimensions)
    switch try context.input(0).elementType {
    case .float32, .int8, .int16, .uint8, .int32, .int64, .bool:
      return ZeroFill()
    default:
      throw context.refusal(ofInput: 0, takes: "float32, int8, int16, uint8, int32, int64, bool")
    }
  }
}

private struct ZeroFill: Kernel {
  func run(_ arguments: KernelArguments) { arguments.output(0, UInt8.self).fill(0) }
}
