import GraphIR
import MemoryPlanning

/// Says what is missing where a model's activations do not fit the pools.
struct PoolMisfit {
  private let problem: RegionProblem
  private let arena: ArenaProblem
  private let model: Model
  private let pools: [Plan.Pool]

  init(_ problem: RegionProblem, _ arena: ArenaProblem, model: Model, pools: [Plan.Pool]) {
    self.problem = problem
    self.arena = arena
    self.model = model
    self.pools = pools
  }

  /// Without a full stop.
  var sentence: String {
    let shortage = problem.shortage
    let last = pools.last?.name ?? ""
    let remedy = shortage.sufficientLastCapacity.map { "; with \($0) B of '\(last)' everything fits" } ?? ""
    switch shortage.cause {
    case .buffer(let index):
      let largest = pools.compactMap(\.capacityBytes).max() ?? 0
      let size = problem.arena.buffers[index].size
      return "\(name(of: index)) \(size) B, and no region has more than \(largest) B" + remedy
    case .liveBytes(let missing):
      return "at the peak \(missing) B more are live than all regions together have" + remedy
    case .placement:
      return "no placement was found in which tensors that are needed together stand apart" + remedy
    }
  }

  private func name(of buffer: Int) -> String {
    switch arena.contents[buffer] {
    case .tensor(let graph, let value): model.graphs[graph.index].title(of: value) + " takes"
    case .scratch(let graph, let node):
      "the scratch buffers of \(model.graphs[graph.index].title(of: node)) take"
    }
  }
}
