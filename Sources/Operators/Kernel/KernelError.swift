/// Why a node cannot be executed, without its place; the interpreter adds operator and index.
package enum KernelError: Error, Equatable, Sendable {
  /// An operand that the operator needs is absent.
  case missingOperand(String)
  /// Element types that no kernel takes, such as "input is float16".
  case unsupportedType(String)
  /// Shapes that do not fit the operator or each other.
  case invalidShape(String)
  /// A result that is declared with another shape than the operator gives; the reason says so in words.
  case wrongOutput(Int, gives: [Int], reason: String)
  /// An option, or a combination, that no kernel takes.
  case unsupported(String)
  /// Data for which the operator is not defined, such as an index out of range.
  case invalidData(String)
}

extension KernelError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missingOperand(let name): "\(name) is missing"
    case .unsupportedType(let reason), .invalidShape(let reason), .unsupported(let reason),
      .invalidData(let reason), .wrongOutput(_, _, let reason):
      reason
    }
  }
}
