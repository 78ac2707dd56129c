/// A node made ready to run: immutable, shared by all threads.
package protocol Kernel: Sendable {
  /// Bytes of scratch memory that one invocation needs.
  var scratchByteCount: Int { get }

  /// Computes the outputs from the inputs.
  ///
  /// - Throws: `KernelError.invalidData` where the operator is not defined for the data.
  func run(_ arguments: KernelArguments) throws(KernelError)
}

extension Kernel {
  package var scratchByteCount: Int { 0 }
}
