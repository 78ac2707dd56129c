import GraphIR

/// When stock TFLM takes every tensor and scratch buffer of a model for live.
///
/// Time advances by one for every operator, and by one for entering each graph that an operator calls; a
/// caller's operands are live until the last called graph is done.
struct TensorLifetimes {
  /// First and last use, both included; −1 where nothing has used the tensor, as the runtime has it.
  struct Span: Equatable {
    var first = -1
    var last = -1

    mutating func create(at time: Int) { if first == -1 { first = time } }
    mutating func use(at time: Int) { last = time }
  }

  /// By graph and value.
  private(set) var values: [[Span]]
  /// By graph and node: the node's scratch buffers.
  private(set) var nodes: [[Span]]
  private let model: Model
  private var time = 0
  /// Calls deeper than there are graphs go in a circle, which the runtime would never leave.
  private var depth = 0
  /// Nodes that may still be visited.
  private var budget = CallTree.operatorLimit + 1

  init(_ model: Model) {
    self.model = model
    values = model.graphs.map { [Span](repeating: Span(), count: $0.values.count) }
    nodes = model.graphs.map { [Span](repeating: Span(), count: $0.nodes.count) }
    if !model.graphs.isEmpty { run(0) }
  }

  private mutating func run(_ index: Int) {
    guard model.graphs.indices.contains(index), depth <= model.graphs.count, budget > 0 else { return }
    depth += 1
    defer { depth -= 1 }
    let graph = model.graphs[index]
    budget -= max(1, graph.nodes.count)
    for input in graph.inputs.compactMap(\.self) { touch(index, input) }
    for (position, node) in graph.nodes.enumerated() {
      time += 1
      let start = time
      for output in node.outputs { values[index][output.index].create(at: time) }
      for called in node.scheduledGraphs {
        time += 1
        run(called.index)
      }
      for input in node.inputs.compactMap(\.self) { values[index][input.index].use(at: time) }
      for output in node.outputs { values[index][output.index].use(at: time) }
      nodes[index][position].create(at: start)
      nodes[index][position].use(at: time)
    }
    for output in graph.outputs.compactMap(\.self) { touch(index, output) }
  }

  private mutating func touch(_ graph: Int, _ value: ValueID) {
    values[graph][value.index].create(at: time)
    values[graph][value.index].use(at: time)
  }
}

extension Node {
  /// Graphs that the runtime's planner follows: those that its own operators call.
  fileprivate var scheduledGraphs: [GraphID] { TFLMOperator[code] == nil ? [] : calledGraphs }
}
