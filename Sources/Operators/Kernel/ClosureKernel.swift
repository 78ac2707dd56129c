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
