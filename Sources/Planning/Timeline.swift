import GraphIR
import MemoryPlanning

/// The steps of a whole call tree in one row, and when each activation is live.
///
/// A node that calls graphs is live from its own step to the last step of what it calls: all that is
/// live at the call stays live. A graph that is called several times has its tensors live from the
/// first call to the last, since each tensor has one offset.
struct Timeline {
  private(set) var steps: [(graph: GraphID, node: NodeID)] = []
  /// Lifetimes by graph and buffer of the graph's schedule; nil where the graph never runs.
  private(set) var lifetimes: [[Range<Int>?]]
  /// When a node runs, with what it calls, first run to last, by graph and node; nil where it never runs.
  private(set) var spans: [[Range<Int>?]]
  /// When a graph runs, and how often the tree calls it, by graph.
  private(set) var graphRuns: [(span: Range<Int>, count: Int)]
  private let model: Model
  private let schedules: [GraphSchedule]
  private let orders: [[NodeID]]

  init(_ model: Model, schedules: [GraphSchedule], orders: [[NodeID]]) {
    self.model = model
    self.schedules = schedules
    self.orders = orders
    lifetimes = schedules.map { $0.problem.buffers.map { _ in nil } }
    spans = model.graphs.map { $0.nodes.map { _ in nil } }
    graphRuns = model.graphs.map { _ in (0..<0, 0) }
    if !model.graphs.isEmpty { run(GraphID(0)) }
  }

  private mutating func run(_ graph: GraphID) {
    let begin = steps.count
    var spans = [Range<Int>](repeating: 0..<0, count: model.graphs[graph.index].nodes.count)
    for node in orders[graph.index] {
      let start = steps.count
      steps.append((graph, node))
      for called in model.graphs[graph.index][node].calledGraphs { run(called) }
      spans[node.index] = start..<steps.count
      self.spans[graph.index][node.index] =
        (self.spans[graph.index][node.index]?.lowerBound ?? start)..<steps.count
    }
    let end = max(steps.count, begin + 1)
    graphRuns[graph.index] = (begin..<end, graphRuns[graph.index].count + 1)
    for (index, buffer) in schedules[graph.index].problem.buffers.enumerated() {
      let lower = buffer.producer.map { spans[$0].lowerBound } ?? begin
      let lastRead = buffer.consumers.map { spans[$0].upperBound }.max()
      let lastUse = lastRead ?? buffer.producer.map { spans[$0].upperBound } ?? end
      extend(graph, index, by: lower..<(buffer.isKept ? end : lastUse))
    }
  }

  private mutating func extend(_ graph: GraphID, _ buffer: Int, by range: Range<Int>) {
    guard let known = lifetimes[graph.index][buffer] else {
      lifetimes[graph.index][buffer] = range
      return
    }
    lifetimes[graph.index][buffer] =
      min(known.lowerBound, range.lowerBound)..<max(known.upperBound, range.upperBound)
  }

  /// The overlaps of a graph in which the read buffer dies where the written one is made.
  func dyingOverlaps(of graph: GraphID) -> [AllowedOverlap] {
    let problem = schedules[graph.index].problem
    var position = [Int](repeating: 0, count: problem.stepCount)
    for (index, node) in orders[graph.index].enumerated() { position[node.index] = index }
    var lastReads: [Int: Int] = [:]
    return problem.overlaps.filter { overlap in
      let read = problem.buffers[overlap.second]
      guard let step = problem.buffers[overlap.first].producer, !read.isKept else { return false }
      let last = lastReads[overlap.second] ?? read.consumers.map { position[$0] }.max() ?? 0
      lastReads[overlap.second] = last
      return last <= position[step]
    }
  }
}
