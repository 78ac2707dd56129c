extension Kernel {
  /// The kernel behind a closure that is made where its type is known: a generic kernel behind
  /// `any Kernel` would run unspecialized.
  @inline(__always)
  func specialized() -> SpecializedKernel {
    SpecializedKernel(self) { arguments throws(KernelError) in try run(arguments) }
  }
}

/// A kernel and the code that runs it. The code has nothing besides the kernel, so that `lowered` tells all.
package struct SpecializedKernel: Kernel {
  package let scratchByteCount: Int
  let kernel: any Kernel
  private let body: @Sendable (KernelArguments) throws(KernelError) -> Void

  fileprivate init(
    _ kernel: any Kernel, _ body: @escaping @Sendable (KernelArguments) throws(KernelError) -> Void
  ) {
    scratchByteCount = kernel.scratchByteCount
    self.kernel = kernel
    self.body = body
  }

  package var lowered: LoweredOperator { kernel.lowered }

  package var stateByteCount: Int { kernel.stateByteCount }

  package func reset(_ state: TensorMemory) { kernel.reset(state) }

  package func endsRun(_ state: TensorMemory) -> Bool { kernel.endsRun(state) }

  package func run(_ arguments: KernelArguments) throws(KernelError) { try body(arguments) }
}
