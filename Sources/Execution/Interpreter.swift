package import GraphIR
import Operators
import Tensors

/// A model made ready to run: kernels prepared, memory laid out. Shared by all threads; each thread runs a
/// `Session` of its own.
package struct Interpreter: Sendable {
  package let model: Model
  package let layout: ArenaLayout
  let graphs: [CompiledGraph]
  let resources: ResourceTable
  let constants: ConstantMemory
  /// Bytes from the start of a session's memory, by graph and value; nil for constants.
  let places: [[Int?]]
  /// Bytes of a session's memory: arena, own memory of values, scratch.
  package let memoryByteCount: Int
  let scratchOffset: Int
  let scratchByteCount: Int
  /// Where the state of each step's kernel stands, by graph and step; empty for kernels without.
  let states: [[Range<Int>]]
  /// Whether tensors change their sizes while the model runs, so that each run prepares kernels: see `OpenRun`.
  let isOpen: Bool
  /// What one run takes, loops' turns counted where the model is open, in units of `NodeWork`.
  package let work: Int

  /// - Parameter layout: order and offsets, for the shapes that the file declares; by default the file's order, with
  ///   separate memory for each value, in the shapes that LiteRT gives them (`RuntimeShapes`).
  /// - Throws: `ExecutionError` naming the first operator that cannot run.
  package init(_ model: Model, layout: ArenaLayout? = nil) throws(ExecutionError) {
    guard !model.graphs.isEmpty else { throw .invalidModel("the model has no subgraph to run") }
    if let problem = GraphVerifier.forUse.firstProblem(in: model) { throw .invalidModel("\(problem)") }
    guard layout == nil else {
      self = try Interpreter(fixed: model, layout: layout)
      return
    }
    if OpenShapes.areCut(in: model), let open = try? Interpreter(open: model) {
      self = open
      return
    }
    do throws(ExecutionError) {
      self = try Interpreter(fixed: model, layout: nil)
    } catch {
      guard OpenShapes.mayExplain(error, in: model), let open = try? Interpreter(open: model) else {
        throw error
      }
      self = open
    }
  }

  /// A model whose tensors keep their sizes.
  private init(fixed model: Model, layout: ArenaLayout?) throws(ExecutionError) {
    let (model, graphs) = try Self.compiled(model, layout)
    let layout = layout ?? ArenaLayout.separate(model)
    let resources = ResourceTable(model)
    try Self.check(graphs, of: model)
    var end = layout.byteCount.roundedUp(to: Self.alignment)
    var places: [[Int?]] = []
    for (index, graph) in model.graphs.enumerated() {
      var row: [Int?] = []
      for (value, planned) in zip(graph.values, layout.offsets[index]) {
        if value.isStored {
          row.append(nil)
        } else if let planned {
          row.append(planned)
        } else {
          row.append(end)
          let (sum, overflow) = end.addingReportingOverflow(value.byteCount)
          guard !overflow, sum < 1 << 40 else { throw .invalidModel("the tensors need more than 1 TiB") }
          end = sum.roundedUp(to: Self.alignment)
        }
      }
      places.append(row)
    }
    let kernels = graphs.flatMap(\.steps).compactMap { step in
      if case .kernel(let kernel) = step.action { kernel } else { nil }
    }
    self.model = model
    self.layout = layout
    self.graphs = graphs
    self.resources = resources
    self.places = places
    scratchOffset = end
    scratchByteCount = kernels.map(\.scratchByteCount).max() ?? 0
    end = end.saturatingAdd(scratchByteCount)
    states = Self.states(of: graphs, from: &end)
    try NodeMemory.check(end)
    memoryByteCount = end.roundedUp(to: Self.alignment)
    constants = ConstantMemory(model)
    isOpen = false
    work = graphs.map(\.work).saturatingSum
  }

  /// A model whose tensors change their sizes: sessions hold nothing before they run.
  init(open model: Model, work: Int) {
    self.model = model
    layout = ArenaLayout.separate(model)
    (graphs, places, states) = ([], [], [])
    resources = ResourceTable(model)
    constants = ConstantMemory(model)
    (memoryByteCount, scratchOffset, scratchByteCount) = (0, 0, 0)
    isOpen = true
    self.work = work
  }

  /// The model with the shapes that it runs with, and its graphs.
  private static func compiled(
    _ model: Model, _ layout: ArenaLayout?
  ) throws(ExecutionError) -> (Model, [CompiledGraph]) {
    if let layout { return (model, try graphs(of: model, layout)) }
    if RuntimeShapes.areComputed(in: model), let settled = RuntimeShapes.settled(model) {
      return (settled, try graphs(of: settled, .separate(settled)))
    }
    do throws(ExecutionError) {
      return (model, try graphs(of: model, .separate(model)))
    } catch {
      guard case .node(_, _, _, .wrongOutput) = error, let settled = RuntimeShapes.settled(model) else {
        throw error
      }
      return (settled, try graphs(of: settled, .separate(settled)))
    }
  }

  private static func graphs(
    of model: Model, _ layout: ArenaLayout
  ) throws(ExecutionError) -> [CompiledGraph] {
    let resources = ResourceTable(model)
    var graphs: [CompiledGraph] = []
    for index in model.graphs.indices {
      graphs.append(
        try CompiledGraph(
          GraphID(index), of: model, order: layout.orders[index], offsets: layout.offsets[index],
          resources: resources))
    }
    return graphs
  }

  /// Puts the states of kernels behind all else.
  private static func states(of graphs: [CompiledGraph], from end: inout Int) -> [[Range<Int>]] {
    var states: [[Range<Int>]] = []
    for graph in graphs {
      states.append(
        graph.steps.map { step in
          guard case .kernel(let kernel) = step.action, kernel.stateByteCount > 0 else { return 0..<0 }
          let start = min(end, 1 << 40).roundedUp(to: alignment)
          end = start.saturatingAdd(kernel.stateByteCount)
          return start..<end
        })
    }
    return states
  }

  /// Work of all graphs, each run once, above which a model is refused: some ten times what the largest models take
  /// that any microcontroller runs. Files of a few bytes can ask for more than a year.
  private static let workLimit = 1 << 33

  private static func check(_ graphs: [CompiledGraph], of model: Model) throws(ExecutionError) {
    guard graphs.map(\.work).saturatingSum > workLimit else { return }
    let works = graphs.flatMap { graph in
      let nodes = model.graphs[graph.id.index]
      return graph.steps.map { (graph.id, $0, NodeWork.of(nodes[$0.node], in: nodes)) }
    }
    guard let (graph, step, work) = works.max(by: { $0.2 < $1.2 }) else { return }
    throw .node(
      graph: graph, node: step.node, name: step.name,
      reason: .unsupported(
        "one run of the model is too much work for nnopt, of this operator alone \(work) steps")
    )
  }

  /// Where sessions align the memory of every value that a plan does not place.
  static let alignment = 64
}
