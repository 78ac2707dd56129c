import GraphIR
import MemoryPlanning

/// Says what is missing where a model's activations do not fit the regions.
struct RegionMisfit {
  private let problem: RegionProblem
  private let arena: ArenaProblem
  private let model: Model
  private let regions: [MemoryRegion]

  init(_ problem: RegionProblem, _ arena: ArenaProblem, model: Model, regions: [MemoryRegion]) {
    self.problem = problem
    self.arena = arena
    self.model = model
    self.regions = regions
  }

  /// Without a full stop.
  var sentence: String {
    let shortage = problem.shortage
    let last = regions.last?.name ?? ""
    let remedy = shortage.sufficientLastCapacity.map { "; with \($0) B of '\(last)' everything fits" } ?? ""
    switch shortage.cause {
    case .buffer(let index):
      let largest = regions.map(\.byteCount).max() ?? 0
      let size = problem.arena.buffers[index].size
      return "\(name(of: index)) \(size) B, and no region has more than \(largest) B" + remedy
    case .liveBytes(let missing):
      return "at the peak \(missing) B more are live than all regions together have" + remedy
    case .placement:
      return "no placement was found in which tensors that are needed together stand apart" + remedy
    }
  }

  private func name(of buffer: Int) -> String {
    if buffer < arena.tensors.count {
      let tensor = arena.tensors[buffer]
      return model.graphs[tensor.graph.index].title(of: tensor.value) + " takes"
    }
    let owner = arena.scratch[buffer - arena.tensors.count]
    let code = model.graphs[owner.graph.index][owner.node].code.name
    return "the scratch buffers of operator \(owner.node.index) (\(code)) take"
  }
}
