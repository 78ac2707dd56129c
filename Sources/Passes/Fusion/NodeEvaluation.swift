import Execution
import GraphIR
import Operators
import Tensors

/// Runs nodes ahead of time, with the interpreter's kernels.
enum NodeEvaluation {
  /// The bytes of a node's results.
  ///
  /// - Throws: `Refusal` with the reason where nnopt cannot run the node or an operand has no bytes.
  static func outputs(of node: Node, in graph: Graph) throws(Refusal) -> [[UInt8]] {
    do throws(ExecutionError) {
      return try run([node], in: graph, inputs: [], outputs: node.outputs)
    } catch {
      throw Refusal("nnopt cannot compute it: \(error)")
    }
  }

  /// What a chain of element-wise nodes makes of every number that an 8-bit or 16-bit type stores, in the
  /// order of its bit patterns.
  ///
  /// - Parameters:
  ///   - chain: nodes of which each reads the one before, with one operand that is not constant.
  ///   - input: what the first reads.
  ///   - output: what the last writes.
  /// - Returns: the bytes of the results; nil where nnopt cannot run the chain, whatever the reason: it stays
  ///   as it is.
  static func table(of chain: [Node], from input: ValueID, to output: ValueID, in graph: Graph) -> [UInt8]? {
    let type = graph[input].elementType
    guard let bits = type.bitWidth, type.isInteger, bits == 8 || bits == 16 else { return nil }
    let count = 1 << bits
    var edit = GraphEdit(of: graph)
    for value in [input] + chain.flatMap(\.outputs) { edit[value].dimensions = [Int32(count)] }
    let bytes = (0..<count).flatMap { number in
      (0..<(bits / 8)).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
    let results = try? run(chain, in: graph.applying(edit), inputs: [(input, bytes)], outputs: [output])
    return results?.first
  }

  /// What nodes that compute number by number make of some numbers.
  ///
  /// - Parameters:
  ///   - nodes: in their order; constants among their operands are one number each.
  ///   - input: the float value that stands for the numbers.
  /// - Returns: nil where nnopt cannot run the nodes.
  static func results(
    of nodes: [Node], from input: ValueID, _ numbers: [Float], to output: ValueID, in graph: Graph
  ) -> [Float]? {
    var edit = GraphEdit(of: graph)
    for value in [input] + nodes.flatMap(\.outputs) {
      edit[value].dimensions = [Int32(clamping: numbers.count)]
    }
    for value in nodes.flatMap(\.inputs).compactMap(\.self) where graph[value].isConstant {
      edit[value].dimensions = []
      edit[value].data = TensorData(Array(graph[value].data.bytes.prefix(4)))
    }
    let bytes = numbers.flatMap(\.littleEndianBytes)
    let results = try? run(nodes, in: graph.applying(edit), inputs: [(input, bytes)], outputs: [output])
    return results?.first.map { TensorData($0).elements(Float.self) }
  }

  /// The numbers that a graph with one output makes of its inputs' bytes, as they are stored.
  ///
  /// - Returns: nil where nnopt cannot run the graph, whatever the reason.
  static func numbers(of graph: Graph, _ inputs: [[UInt8]]) -> [Double]? {
    guard let output = graph.outputs.first ?? nil,
      let bytes = try? Session(Interpreter(Model(graphs: [graph]))).run(inputs).first
    else { return nil }
    var result = graph[output]
    result.data = TensorData(bytes)
    return result.numbers
  }

  private static func run(
    _ nodes: [Node], in graph: Graph, inputs: [(id: ValueID, bytes: [UInt8])], outputs: [ValueID]
  ) throws(ExecutionError) -> [[UInt8]] {
    // Only the operands come along: sessions lay out memory for every value.
    let small = Graph(nodes, of: graph, inputs: inputs.map(\.id), outputs: outputs)
    return try Session(Interpreter(Model(graphs: [small]))).run(inputs.map(\.bytes))
  }
}
