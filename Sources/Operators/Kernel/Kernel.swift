/// A node made ready to run: immutable, shared by all threads.
///
/// A kernel is a structure whose stored properties are all that it runs on, besides the operands' memory:
/// integers, real numbers, shapes, tables; no closure, no reference. So it can be printed: `lowered`.
package protocol Kernel: Sendable {
  /// Bytes of scratch memory that one invocation needs.
  var scratchByteCount: Int { get }

  /// Bytes that a session keeps for the kernel from run to run; 0 for a kernel without state of its own.
  var stateByteCount: Int { get }

  /// Sets the state to what it is before the first run: zeros unless the kernel says otherwise.
  func reset(_ state: TensorMemory)

  /// Whether the invocation that left this state ends the run: no later operator runs, and outputs stay as they are.
  func endsRun(_ state: TensorMemory) -> Bool

  /// Computes the outputs from the inputs.
  ///
  /// - Throws: `KernelError.invalidData` where the operator is not defined for the data.
  func run(_ arguments: KernelArguments) throws(KernelError)

  /// What the kernel runs on, as a value.
  var lowered: LoweredOperator { get }
}

extension Kernel {
  package var scratchByteCount: Int { 0 }

  package var stateByteCount: Int { 0 }

  package func reset(_ state: TensorMemory) { state.elements(UInt8.self).fill(0) }

  package func endsRun(_ state: TensorMemory) -> Bool { false }

  package var lowered: LoweredOperator { LoweredOperator(reflecting: self) }
}
