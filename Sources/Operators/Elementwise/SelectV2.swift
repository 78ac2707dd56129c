package import GraphIR

/// Elements of the second input where the first one holds, and of the third elsewhere; all broadcast.
/// Equals TFLM's SELECT_V2, and LiteRT's for uint8, int32, int64 and bool.
package enum SelectV2: Operator {
  package static let builtin = BuiltinOperator.selectV2

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let elementByteCount = try context.selectedByteCount()
    return try Selection(context, condition: context.inputShape(0)).kernel(elementByteCount: elementByteCount)
  }
}
