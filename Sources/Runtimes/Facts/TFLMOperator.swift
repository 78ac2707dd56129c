package import GraphIR

/// All that nnopt knows about one operator of TFLM: a file of `Operators` each, listed by `Scripts/generate`.
///
/// No fact has a default. What is not known, or not so, gives its reason as a clause.
package struct TFLMOperator: Sendable {
  /// Which operator, as files name it.
  package enum Code: Hashable, Sendable {
    case builtin(BuiltinOperator)
    /// The name under which TFLM registers a custom operator.
    case custom(String)
  }

  package let code: Code
  /// How a program's resolver takes it.
  package let method: ResolverMethod
  /// What its kernels allocate.
  let kernels: KernelProfiles
  /// How far its output may lie over an input that dies.
  let overlap: OverlapFacts
  /// What its kernels take.
  package let types: AcceptedTypes
  /// Whether nnopt computes it too.
  package let interpreter: InterpreterSupport

  init(
    _ builtin: BuiltinOperator, method: ResolverMethod, kernels: KernelProfiles, overlap: OverlapFacts,
    types: AcceptedTypes, interpreter: InterpreterSupport
  ) {
    self.init(
      code: .builtin(builtin), method: method, kernels: kernels, overlap: overlap, types: types,
      interpreter: interpreter)
  }

  init(
    custom name: String, method: ResolverMethod, kernels: KernelProfiles, overlap: OverlapFacts,
    types: AcceptedTypes, interpreter: InterpreterSupport
  ) {
    self.init(
      code: .custom(name), method: method, kernels: kernels, overlap: overlap, types: types,
      interpreter: interpreter)
  }

  private init(
    code: Code, method: ResolverMethod, kernels: KernelProfiles, overlap: OverlapFacts, types: AcceptedTypes,
    interpreter: InterpreterSupport
  ) {
    self.code = code
    self.method = method
    self.kernels = kernels
    self.overlap = overlap
    self.types = types
    self.interpreter = interpreter
  }
}

extension TFLMOperator {
  /// What is known about an operator; nil where TFLM has no kernel for it.
  package static subscript(code: OperatorCode) -> TFLMOperator? {
    table[code.builtin == .custom ? .custom(code.name) : .builtin(code.builtin)]
  }

  private static let table = Dictionary(all.map { ($0.code, $0) }) { first, _ in first }
}

extension TFLMOperator.Code: CustomStringConvertible {
  package var description: String {
    switch self {
    case .builtin(let builtin): builtin.name
    case .custom(let name): name
    }
  }
}

/// A method of TFLM's `MicroMutableOpResolver`; read off `micro_mutable_op_resolver.h` of August 2026.
package struct ResolverMethod: Sendable, Equatable {
  package let name: String
  /// Whether the library Arduino_TensorFlowLite 2.4.0-ALPHA, of December 2023, has it.
  package let isInArduinoLibrary: Bool

  init(_ name: String, isInArduinoLibrary: Bool) {
    self.name = name
    self.isInArduinoLibrary = isInArduinoLibrary
  }
}

/// Whether nnopt's interpreter computes an operator of TFLM.
package enum InterpreterSupport: Sendable, Equatable {
  /// `Operators.Registry` has it.
  case registered
  /// It is no kernel: the interpreter calls graphs and keeps variables itself.
  case control
  case none(because: String)
}
