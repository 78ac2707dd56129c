import Tensors
import _TestSupport

@testable import GraphIR

/// Small random models with state: resource variables through handles of their own, of the caller and of other
/// graphs, variables that CALL_ONCE fills, and `isVariable` tensors.
struct RandomStateModel {
  private static let shape: [Int32] = [1, 1, 2]
  private static let names = ["a", "b"]
  /// Rarely two containers of one name with a handle that has none: handles then keep their order.
  private static let containers: [String?] = [nil, nil, "", "c"]

  private var generator: SeededRandom

  init(seed: UInt64) { generator = SeededRandom(seed: seed) }

  /// Graph 1 is for CALL_ONCE, graph 2 takes a handle, graph 3 names a variable of its own.
  mutating func model(steps: Int) -> Model {
    let main = mainGraph(steps: steps)
    var initial = GraphBuilder()
    let value = initial.constant("one", Self.shape, .float32)
    initial.node(.assignVariable, [handle(in: &initial), value], [])
    var ones = initial.graph
    ones[value].data = TensorData([0, 0, 128, 63, 0, 0, 0, 64])
    return Model(graphs: [main, ones, calledGraph(takesHandle: true), calledGraph(takesHandle: false)])
  }

  private mutating func mainGraph(steps: Int) -> Graph {
    var builder = GraphBuilder()
    var values = [builder.input("x", Self.shape, .float32), builder.input("y", Self.shape, .float32)]
    let weights = builder.constant("weights", [2, 2], .float32)
    let bias = builder.constant("bias", [2], .float32)
    let state = builder.value("state", [1, 2], .float32, isVariable: true)
    var handles = [handle(in: &builder), handle(in: &builder)]
    var results: [ValueID] = []
    for _ in 0..<steps {
      let kind = Int.random(in: 0..<9, using: &generator)
      let (value, other) = (pick(values), pick(values))
      let result = builder.value("t", Self.shape, .float32)
      switch kind {
      case 0: handles.append(handle(in: &builder))
      case 1, 2: builder.node(.readVariable, [pick(handles)], [result])
      case 3, 4: builder.node(.assignVariable, [pick(handles), value], [])
      case 5: builder.node(.add, [value, other], [result], options: Record("AddOptions"))
      case 6: builder.node(.call, [pick(handles), value], [result], options: call("subgraph", 2))
      case 7: builder.node(.call, [value], [result], options: call("subgraph", 3))
      default:
        if Bool.random(using: &generator) {
          builder.node(.callOnce, [], [], options: call("init_subgraph_index", 1))
        } else {
          builder.node(
            .unidirectionalSequenceRNN, [value, weights, weights, bias, state], [result],
            options: Record("SequenceRNNOptions"))
        }
      }
      if builder.graph.nodes.last?.outputs == [result] {
        values.append(result)
        results.append(result)
      }
    }
    builder.outputs(results)
    var graph = builder.graph
    graph[weights].data = TensorData([0, 0, 128, 63, 0, 0, 0, 63, 0, 0, 0, 191, 0, 0, 128, 62])
    return graph
  }

  /// Adds what a variable holds to the input, and keeps the sum.
  private mutating func calledGraph(takesHandle: Bool) -> Graph {
    var builder = GraphBuilder()
    let handle = takesHandle ? builder.input("h", [1], .resource) : handle(in: &builder)
    let input = builder.input("v", Self.shape, .float32)
    let old = builder.value("old", Self.shape, .float32)
    let sum = builder.value("sum", Self.shape, .float32)
    builder.node(.readVariable, [handle], [old])
    builder.node(.add, [old, input], [sum], options: Record("AddOptions"))
    builder.node(.assignVariable, [handle, sum], [])
    builder.outputs([sum])
    return builder.graph
  }

  private mutating func handle(in builder: inout GraphBuilder) -> ValueID {
    let name = Self.names[Int.random(in: 0..<Self.names.count, using: &generator)]
    let container = Self.containers[Int.random(in: 0..<Self.containers.count, using: &generator)]
    return builder.variableHandle(name, container: container)
  }

  private mutating func pick(_ values: [ValueID]) -> ValueID {
    values[Int.random(in: 0..<values.count, using: &generator)]
  }

  private func call(_ field: String, _ graph: Int64) -> Record {
    Record("", [.init(name: field, value: .integer(graph))])
  }

  /// A random order of a graph's nodes that keeps all dependencies.
  mutating func order(of graph: Graph, _ dependencies: GraphDependencies) -> [NodeID] {
    var before = [Set<Int>](repeating: [], count: graph.nodes.count)
    for (value, readers) in dependencies.consumers.enumerated() {
      guard let producer = dependencies.producers[value] else { continue }
      for reader in readers { before[reader.index].insert(producer.index) }
    }
    for ordering in dependencies.orderings { before[ordering.after.index].insert(ordering.before.index) }
    var left = Array(graph.nodes.indices)
    var order: [Int] = []
    while !left.isEmpty {
      let ready = left.filter { before[$0].isSubset(of: order) }
      guard !ready.isEmpty else { break }
      let next = ready[Int.random(in: 0..<ready.count, using: &generator)]
      order.append(next)
      left.removeAll { $0 == next }
    }
    return order.map(NodeID.init)
  }
}
