package import GraphIR

/// Either of two bools, for tensors that broadcast; equals TFLM's LOGICAL_OR.
package enum LogicalOr: LogicalOperator {
  package static let builtin = BuiltinOperator.logicalOr

  @inline(__always)
  static func combine(_ a: Bool, _ b: Bool) -> Bool { a || b }
}
