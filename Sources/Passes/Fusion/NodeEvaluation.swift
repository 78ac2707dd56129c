import Execution
import GraphIR
import Operators
import Tensors

/// Runs nodes ahead of time, with the interpreter's kernels.
enum NodeEvaluation {
  /// The bytes of a node's results.
  ///
  /// - Parameter inputs: values to give bytes to; all other operands must be constants.
  /// - Returns: nil where nnopt cannot run the node or an operand has no bytes.
  static func outputs(of node: Node, in graph: Graph) -> [[UInt8]]? {
    run([node], in: graph, inputs: [], outputs: node.outputs).flatMap { $0 }
  }

  /// What a chain of element-wise nodes makes of every number that an 8-bit or 16-bit type stores, in the
  /// order of its bit patterns.
  ///
  /// - Parameters:
  ///   - chain: nodes of which each reads the one before, with one operand that is not constant.
  ///   - input: what the first reads.
  ///   - output: what the last writes.
  /// - Returns: the bytes of the results; nil where nnopt cannot run the chain.
  static func table(of chain: [Node], from input: ValueID, to output: ValueID, in graph: Graph) -> [UInt8]? {
    let type = graph[input].elementType
    guard let bits = type.bitWidth, type.isInteger, bits == 8 || bits == 16 else { return nil }
    let count = 1 << bits
    var graph = graph
    for value in [input] + chain.flatMap(\.outputs) { graph.values[value.index].dimensions = [Int32(count)] }
    let bytes = (0..<count).flatMap { number in
      (0..<(bits / 8)).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    return run(chain, in: graph, inputs: [(input, bytes)], outputs: [output])?.first
  }

  private static func run(
    _ nodes: [Node], in graph: Graph, inputs: [(id: ValueID, bytes: [UInt8])], outputs: [ValueID]
  ) -> [[UInt8]]? {
    // Only the operands come along: sessions lay out memory for every value.
    var small = Graph(nodes: [], values: [], inputs: [], outputs: [])
    var numbers: [ValueID: ValueID] = [:]
    func number(_ id: ValueID) -> ValueID {
      if let known = numbers[id] { return known }
      small.values.append(graph[id])
      let new = ValueID(small.values.count - 1)
      numbers[id] = new
      return new
    }
    for node in nodes {
      var copy = node
      copy.inputs = node.inputs.map { $0.map(number) }
      copy.outputs = node.outputs.map(number)
      copy.intermediates = node.intermediates?.map { $0.map(number) }
      small.nodes.append(copy)
    }
    small.inputs = inputs.map { number($0.id) }
    small.outputs = outputs.map(number)
    do {
      let interpreter = try Interpreter(Model(graphs: [small]))
      return try Session(interpreter).run(inputs.map(\.bytes))
    } catch {
      return nil
    }
  }
}
