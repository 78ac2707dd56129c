import Datasets
import Execution
import GraphIR
import Operators
import Tensors

/// The activations of many samples at once, a node at a time: a node can change between two steps without
/// running again what comes before it.
struct LayerSweep: Sendable {
  let count: Int
  private let runner: ParallelRunner
  private let pass: String
  /// Bytes by value and sample; nil for what is not alive.
  private var alive: [[[UInt8]]?]
  /// The last node that reads a value, or the end.
  private let lastUses: [Int]

  /// Bytes of activations that are alive at once.
  static let byteLimit = 1 << 29

  /// How many samples fit into memory, of those that there are.
  static func sampleCount(_ graph: Graph, of available: Int) -> Int {
    let lastUses = Self.lastUses(graph)
    var (live, peak) = (0, 1)
    var ends = [Int](repeating: 0, count: graph.nodes.count + 1)
    for input in graph.inputs.compactMap(\.self) {
      live += graph[input].byteCount
      ends[lastUses[input.index]] += graph[input].byteCount
    }
    for (index, node) in graph.nodes.enumerated() {
      for output in node.outputs {
        live += graph[output].byteCount
        ends[lastUses[output.index]] += graph[output].byteCount
      }
      peak = max(peak, live)
      live -= ends[index]
    }
    return max(1, min(available, byteLimit / peak))
  }

  /// - Parameter samples: the data of the graph's inputs, of which the first `count` are used.
  init(
    _ graph: Graph, _ samples: SampleSet, count: Int, runner: ParallelRunner, pass: String
  ) throws(PassError) {
    self.count = count
    self.runner = runner
    self.pass = pass
    lastUses = Self.lastUses(graph)
    alive = graph.values.map { _ in nil }
    let inputs = graph.inputs.compactMap(\.self)
    for input in inputs { alive[input.index] = [] }
    for index in 0..<count {
      let sample: [[UInt8]]
      do throws(DataError) { sample = try samples.sample(index) } catch {
        throw PassError(pass: pass, reason: "\(error)")
      }
      for (input, bytes) in zip(inputs, sample) { alive[input.index]?.append(bytes) }
    }
  }

  private static func lastUses(_ graph: Graph) -> [Int] {
    var uses = [Int](repeating: 0, count: graph.values.count)
    for (index, node) in graph.nodes.enumerated() {
      for value in node.inputs.compactMap(\.self) + node.outputs { uses[value.index] = index }
    }
    for value in graph.outputs.compactMap(\.self) { uses[value.index] = graph.nodes.count }
    return uses
  }

  /// Runs a node, as the graph has it now, for all samples, and forgets what no later node reads.
  ///
  /// Nodes must come in the graph's order.
  mutating func run(_ id: NodeID, of graph: Graph) throws(PassError) {
    let node = graph[id]
    let (single, inputs) = Self.single(node, in: graph)
    let interpreter: Interpreter
    do throws(ExecutionError) { interpreter = try Interpreter(Model(graphs: [single])) } catch {
      throw PassError(pass: pass, place: id.title(node.code.name), reason: "\(error)")
    }
    let sources = try inputs.map { (input) throws(PassError) in try samples(of: input) }
    let results: [[[UInt8]]]
    do throws(RunError) {
      results = try runner.map(
        count: count, makeWorker: { Session(interpreter) },
        body: { session, sample throws(RunError) in
          session.reset()
          do throws(ExecutionError) { return try session.run(sources.map { $0[sample] }) } catch {
            throw .execution(sample: sample, error)
          }
        })
    } catch {
      throw PassError(pass: pass, place: id.title(node.code.name), reason: "\(error)")
    }
    for (position, output) in node.outputs.enumerated() { alive[output.index] = results.map { $0[position] } }
    for value in node.inputs.compactMap(\.self) + node.outputs
    where value.index < lastUses.count && lastUses[value.index] <= id.index {
      alive[value.index] = nil
    }
  }

  /// The numbers of a value.
  ///
  /// - Throws: `PassError` for a value that is not alive.
  func floats(_ value: ValueID, sample: Int) throws(PassError) -> [Float] {
    let bytes = try samples(of: value)[sample]
    let count = bytes.count / MemoryLayout<Float>.stride
    return unsafe bytes.withUnsafeBytes { raw in
      (0..<count).map { unsafe raw.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
    }
  }

  private func samples(of value: ValueID) throws(PassError) -> [[UInt8]] {
    guard let samples = alive[value.index] else {
      throw PassError(pass: pass, place: "tensor \(value.index)", reason: "it is read before it is computed")
    }
    return samples
  }

  /// A graph of one node; its inputs are the node's activations, each once.
  private static func single(_ node: Node, in graph: Graph) -> (Graph, [ValueID]) {
    var inputs: [ValueID] = []
    for id in node.inputs.compactMap(\.self)
    where !graph[id].isConstant && !graph[id].isVariable && !inputs.contains(id) {
      inputs.append(id)
    }
    return (Graph([node], of: graph, inputs: inputs, outputs: node.outputs), inputs)
  }

  /// Does work for contiguous parts of the samples, the same at any thread count.
  ///
  /// - Throws: the error of the first part that fails.
  func parts<Result: Sendable, Failure: Error>(
    _ body: @Sendable (Range<Int>) throws(Failure) -> Result
  ) throws(Failure) -> [Result] {
    let parts = min(count, 4)
    return try runner.map(
      count: parts, makeWorker: {},
      body: { (_: Void, part) throws(Failure) in
        try body(part * count / parts..<(part + 1) * count / parts)
      })
  }
}
