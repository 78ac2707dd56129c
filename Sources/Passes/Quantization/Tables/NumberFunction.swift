import GraphIR
import Tensors

/// Operators that make of each number of one tensor another one, whatever stands beside it.
enum NumberFunction {
  private static let unary: Set<BuiltinOperator> = [
    .abs, .ceil, .cos, .elu, .exp, .floor, .gelu, .hardSwish, .leakyRelu, .log, .logistic, .neg, .relu,
    .relu0To1,
    .relu6, .reluN1To1, .round, .rsqrt, .sign, .sin, .sqrt, .square, .tanh,
  ]
  private static let binary: Set<BuiltinOperator> = [
    .add, .div, .maximum, .minimum, .mul, .pow, .squaredDifference, .sub,
  ]

  /// The operands that vary, where a node computes floats number by number; nil for other nodes.
  ///
  /// Constants beside them are one number each.
  static func varying(_ node: Node, in graph: Graph) -> [ValueID]? {
    let builtin = node.code.builtin
    guard
      unary.contains(builtin) && node.inputs.count == 1 || binary.contains(builtin) && node.inputs.count == 2,
      let output = node.outputs.first, node.outputs.count == 1, graph[output].elementType == .float32
    else { return nil }
    var found: [ValueID] = []
    for input in node.inputs {
      guard let input, graph[input].elementType == .float32 else { return nil }
      if number(input, in: graph) != nil { continue }
      guard !graph[input].isConstant, graph[input].shape == graph[output].shape else { return nil }
      found.append(input)
    }
    return found.isEmpty ? nil : found
  }

  /// What makes equal numbers of different ones: behind it a tensor has more steps for those that count.
  private static let clamps: Set<BuiltinOperator> = [
    .abs, .maximum, .minimum, .relu, .relu0To1, .relu6, .reluN1To1,
  ]

  /// Nodes that are functions of the numbers of one tensor, by the tensor, in their order.
  static func families(of graph: Graph) -> [ValueID: [NodeID]] {
    var roots: [ValueID: ValueID] = [:]
    var families: [ValueID: [NodeID]] = [:]
    for (index, node) in graph.nodes.enumerated() where !clamps.contains(node.code.builtin) {
      guard let varying = varying(node, in: graph), let output = node.outputs.first,
        node.attributes.integer("fused_activation_function") == 0
      else { continue }
      let own = Set(varying.map { roots[$0] ?? $0 })
      guard let root = own.first, own.count == 1 else { continue }
      roots[output] = root
      families[root, default: []].append(NodeID(index))
    }
    return families
  }

  /// The number that all elements of a float constant are; nil for other values.
  static func number(_ value: ValueID, in graph: Graph) -> Float? {
    guard graph[value].isConstant, !graph[value].isVariable else { return nil }
    let elements = graph[value].data.elements(Float.self)
    guard let first = elements.first, elements.allSatisfy({ $0 == first }) else { return nil }
    return first
  }

  /// Whether a node that no integer kernel takes can become a table of 256 numbers.
  static func isTabulated(_ node: Node, in graph: Graph) -> Bool {
    guard case .none? = node.passFacts?.quantization, let varying = varying(node, in: graph) else {
      return false
    }
    return Set(varying).count == 1
  }
}
