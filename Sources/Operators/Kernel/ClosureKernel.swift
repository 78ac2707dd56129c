extension Kernel {
  /// The kernel behind a closure that is made where its type is known: a generic kernel behind
  /// `any Kernel` would run unspecialized.
  @inline(__always)
  func specialized() -> ClosureKernel {
    ClosureKernel(scratchByteCount: scratchByteCount) { arguments throws(KernelError) in try run(arguments) }
  }
}

/// A kernel that is one closure over what its preparation computed.
package struct ClosureKernel: Kernel {
  package let scratchByteCount: Int
  private let body: @Sendable (KernelArguments) throws(KernelError) -> Void

  package init(
    scratchByteCount: Int = 0, _ body: @escaping @Sendable (KernelArguments) throws(KernelError) -> Void
  ) {
    self.scratchByteCount = scratchByteCount
    self.body = body
  }

  package func run(_ arguments: KernelArguments) throws(KernelError) { try body(arguments) }
}
