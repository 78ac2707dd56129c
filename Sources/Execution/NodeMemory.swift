import GraphIR
import Operators
import Tensors

/// What the tensors of models may take at most, on every machine alike: some ten times what the largest models take that
/// any microcontroller runs. Files of a few bytes can ask for any number.
enum NodeMemory {
  /// Bytes of a session, and of the results of one operator.
  static let limit = 1 << 29

  /// Stops before a kernel makes tables for results that no session would hold.
  ///
  /// - Throws: `unsupported` where a node's results are larger than any session.
  static func check(_ node: Node, in graph: Graph) throws(KernelError) {
    let bytes = node.outputs.map { graph[$0].byteCount }.saturatingSum
    guard bytes > limit else { return }
    throw .unsupported(
      "its results need \(bytes) bytes; nnopt runs models whose tensors need at most \(limit)")
  }

  /// Stops before memory is taken for what a file only declares.
  ///
  /// - Throws: `invalidModel` where a tensor, or all inputs together, are larger than any session.
  static func check(declaredIn model: Model) throws(ExecutionError) {
    let largest = model.graphs.lazy.flatMap(\.values).filter { !$0.isStored }.map(\.byteCount).max() ?? 0
    let inputs = model.graphs.first.map { main in
      main.inputs.compactMap(\.self).map { main[$0].byteCount }.saturatingSum
    }
    try check(max(largest, inputs ?? 0))
  }

  /// - Throws: `invalidModel` where a session would take more bytes than any may.
  static func check(_ byteCount: Int) throws(ExecutionError) {
    guard byteCount > limit else { return }
    throw .invalidModel(
      "its tensors need \(byteCount) bytes; nnopt runs models whose tensors need at most \(limit)")
  }
}
