package import GraphIR

/// The operators that nnopt knows; `Scripts/generate` lists them.
package enum Registry {
  /// Multiply-accumulate operations of one invocation of a node.
  package static func multiplyAccumulates(of node: Node, in graph: Graph) -> Int {
    self.operator(for: node.code)?.multiplyAccumulates(of: node, in: graph) ?? 0
  }

  /// What nnopt knows about an operator, or nil where it knows nothing.
  package static func `operator`(for code: OperatorCode) -> (any Operator.Type)? {
    code.builtin == .custom ? custom[code.customName ?? ""] : builtin[code.builtin]
  }

  private static let builtin = Dictionary(
    operators.filter { $0.builtin != .custom }.map { ($0.builtin, $0) },
    uniquingKeysWith: { first, _ in first })

  private static let custom = Dictionary(
    operators.compactMap { type in type.customName.map { ($0, type) } },
    uniquingKeysWith: { first, _ in first })
}
