package import GraphIR
package import Tensors

/// What nnopt knows about one operator of the format.
///
/// One file holds everything about one operator; `Scripts/generate` lists it in `Registry`.
package protocol Operator: Sendable {
  /// The operator's code in a file.
  static var builtin: BuiltinOperator { get }

  /// The name under which a custom operator is registered; nil for builtins.
  static var customName: String? { get }

  /// Multiply-accumulate operations of one invocation; 0 for operators that only move or compare.
  static func multiplyAccumulates(of node: Node, in graph: Graph) -> Int

  /// Prepares the operator for execution: checks types and shapes, and computes all that does not
  /// depend on activations.
  ///
  /// - Throws: `KernelError` for what the kernel does not take.
  static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel
}

extension Operator {
  package static var customName: String? { nil }

  package static func multiplyAccumulates(of node: Node, in graph: Graph) -> Int { 0 }

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    throw .unsupported("nnopt has no kernel for it")
  }
}

extension Graph {
  /// The shape of a node's input by position; nil where the operand is absent or the shape unknown.
  package func inputShape(_ position: Int, of node: Node) -> Shape? {
    guard node.inputs.indices.contains(position), let value = node.inputs[position] else { return nil }
    return self[value].shape
  }

  /// The shape of a node's output by position; nil where there is none.
  package func outputShape(_ position: Int, of node: Node) -> Shape? {
    guard node.outputs.indices.contains(position) else { return nil }
    return self[node.outputs[position]].shape
  }
}
