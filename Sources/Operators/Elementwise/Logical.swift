/// An operator on the bools of two tensors that broadcast.
protocol LogicalOperator: Operator {
  static func combine(_ a: Bool, _ b: Bool) -> Bool
}

extension LogicalOperator {
  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    guard case .bool = try context.sharedType(inputs: 2) else {
      throw context.refusal(ofInput: 0, takes: "bool")
    }
    return try context.binaryKernel(LogicalFunction<Self>())
  }
}

private struct LogicalFunction<Combined: LogicalOperator>: BinaryFunction {
  @inline(__always)
  func callAsFunction(_ a: UInt8, _ b: UInt8) -> UInt8 { Combined.combine(a != 0, b != 0) ? 1 : 0 }
}
