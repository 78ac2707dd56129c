import GraphIR
import Operators
import Tensors

/// An input and the output of a node, as overlap rules look at them.
struct OverlapSite {
  let graph: Graph
  let node: Node
  let position: Int
  let input: Value
  let output: Value

  /// - Returns: nil where the operand is absent or a size unknown.
  init?(_ node: Node, _ position: Int, in graph: Graph) {
    guard node.inputs.indices.contains(position), let id = node.inputs[position],
      let output = node.outputs.first
    else { return nil }
    self.graph = graph
    self.node = node
    self.position = position
    input = graph[id]
    self.output = graph[output]
    guard inputElement > 0, outputElement > 0, input.isRepresentable, self.output.isRepresentable
    else { return nil }
  }

  /// Bytes of one element; 0 for strings and types narrower than a byte.
  var inputElement: Int { (input.elementType.bitWidth ?? 0) / 8 }
  var outputElement: Int { (output.elementType.bitWidth ?? 0) / 8 }

  /// Whether libraries leave the node to the portable kernel, which computes floats.
  var isFloat: Bool { input.elementType == .float32 }

  func operand(_ position: Int) -> Value? {
    guard node.inputs.indices.contains(position) else { return nil }
    return node.inputs[position].map { graph[$0] }
  }

  /// The rows' and columns' windows of an NHWC operator with the given filter size.
  func windows(filterHeight: Int, filterWidth: Int) -> (rows: Window, columns: Window)? {
    guard input.rank == 4, output.rank == 4 else { return nil }
    func window(_ axis: Int, _ taps: Int, _ name: String) -> Window? {
      Window(node, name, input: input.dimension(axis), output: output.dimension(axis), taps: taps)
    }
    guard let rows = window(1, filterHeight, "h"), let columns = window(2, filterWidth, "w") else {
      return nil
    }
    return (rows, columns)
  }
}
