/// A kernel whose plan follows from integer operands: made once where the model stores all of them, else
/// in every invocation.
package struct PlannedKernel<Plan: Sendable>: Kernel {
  package let scratchByteCount: Int
  private let operands: [IntegerOperand]
  private let fixed: Plan?
  private let plan: @Sendable ([[Int]]) throws(KernelError) -> Plan
  private let body: @Sendable (Plan, KernelArguments) throws(KernelError) -> Void

  /// - Parameters:
  ///   - operands: what the plan depends on.
  ///   - plan: checks the operands' integers, which come in their order, and makes the plan.
  ///   - body: runs a plan.
  /// - Throws: what `plan` throws where all operands are constant.
  package init(
    _ operands: [IntegerOperand], scratchByteCount: Int = 0,
    plan: @escaping @Sendable ([[Int]]) throws(KernelError) -> Plan,
    _ body: @escaping @Sendable (Plan, KernelArguments) throws(KernelError) -> Void
  ) throws(KernelError) {
    self.operands = operands
    self.scratchByteCount = scratchByteCount
    self.plan = plan
    self.body = body
    let constants = operands.compactMap(\.constant)
    fixed = constants.count == operands.count ? try plan(constants) : nil
  }

  package func run(_ arguments: KernelArguments) throws(KernelError) {
    if let fixed { return try body(fixed, arguments) }
    try body(plan(operands.map { $0.integers(arguments) }), arguments)
  }
}
