/// A node made ready to run: immutable, shared by all threads.
///
/// A kernel is a structure whose stored properties are all that it runs on, besides the operands' memory:
/// integers, real numbers, shapes, tables; no closure, no reference. So it can be printed: `lowered`.
package protocol Kernel: Sendable {
  /// Bytes of scratch memory that one invocation needs.
  var scratchByteCount: Int { get }

  /// Computes the outputs from the inputs.
  ///
  /// - Throws: `KernelError.invalidData` where the operator is not defined for the data.
  func run(_ arguments: KernelArguments) throws(KernelError)

  /// What the kernel runs on, as a value.
  var lowered: LoweredOperator { get }
}

extension Kernel {
  package var scratchByteCount: Int { 0 }

  package var lowered: LoweredOperator { LoweredOperator(reflecting: self) }
}
