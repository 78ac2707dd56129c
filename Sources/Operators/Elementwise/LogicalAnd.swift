package import GraphIR

/// Both of two bools, for tensors that broadcast; equals TFLM's LOGICAL_AND.
package enum LogicalAnd: LogicalOperator {
  package static let builtin = BuiltinOperator.logicalAnd

  @inline(__always)
  static func combine(_ a: Bool, _ b: Bool) -> Bool { a && b }
}
