/// How an operator's output may lie over an input that dies with the operator.
package enum OverlapRule: Sendable, Equatable {
  /// They may share no byte.
  case disjoint
  /// They may have one address, or share no byte: the kernel copies, or does nothing where both are one.
  case sameAddress
  /// The output must start at least so many bytes before the input, or they may share no byte.
  case startsBefore(Int)
}
