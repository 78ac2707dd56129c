/// What a kernel is made of once the integers of some operands are known.
///
/// A plan is a value, as kernels are: what it needs to know besides the operands, it stores.
protocol KernelPlan: Sendable {
  associatedtype Planned: Kernel

  /// Bytes of scratch memory that any kernel of the plan needs.
  var scratchByteCount: Int { get }

  /// Checks the operands' integers, which come in their order, and makes the kernel.
  func kernel(_ operands: [[Int]]) throws(KernelError) -> Planned
}

extension KernelPlan {
  var scratchByteCount: Int { 0 }

  /// The kernel, made once where the model stores all operands, else in every invocation.
  ///
  /// - Throws: what the plan throws where all operands are constant.
  @inline(__always)
  func kernel(for operands: [IntegerOperand]) throws(KernelError) -> any Kernel {
    let constants = operands.compactMap(\.constant)
    if constants.count == operands.count { return try kernel(constants).specialized() }
    return PlannedKernel(operands: operands, plan: self).specialized()
  }
}

/// A kernel that plans in every invocation, for operands that are computed while the model runs.
struct PlannedKernel<Plan: KernelPlan>: Kernel {
  let operands: [IntegerOperand]
  let plan: Plan

  var scratchByteCount: Int { plan.scratchByteCount }

  func run(_ arguments: KernelArguments) throws(KernelError) {
    try plan.kernel(operands.map { $0.integers(arguments) }).run(arguments)
  }
}
