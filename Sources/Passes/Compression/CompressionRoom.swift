import GraphIR
import MemoryPlanning
import Planning
import Tensors

/// The memory that decoded constants may take beside what is live while their layer runs.
struct CompressionRoom {
  private let budget: CompressionBudget
  private let before: PlannedModel
  /// The most bytes live while a node runs, by graph and node.
  private let live: [Place: Int]

  private struct Place: Hashable {
    let graph: GraphID
    let node: NodeID
  }

  init(_ before: PlannedModel, _ budget: CompressionBudget) {
    self.before = before
    self.budget = budget
    live = before.plan.steps.reduce(into: [:]) { live, step in
      let place = Place(graph: step.graph, node: step.node)
      live[place] = max(live[place] ?? 0, step.liveBytes)
    }
  }

  /// The largest head.
  private var headLimit: Int {
    switch budget {
    case .headGrowth(let bytes): before.charge.headBytes + bytes
    case .arena(let bytes): bytes - before.charge.tailBytes
    }
  }

  /// Whether a model stays within the budget.
  func takes(_ planned: PlannedModel) -> Bool {
    switch budget {
    case .headGrowth: planned.charge.headBytes <= headLimit
    case .arena(let bytes): planned.charge.arenaBytes <= bytes
    }
  }

  /// The head with the candidate alone, at least.
  private func headBytes(with candidate: CompressionCandidate) -> Int {
    let size = candidate.byteCount.roundedUp(to: 16)
    return candidate.readers.map { size + (live[Place(graph: candidate.graph, node: $0)] ?? 0) }.max() ?? size
  }

  /// Candidates that may fit, those that need the most room first, and those that cannot.
  func divided(
    _ candidates: [CompressionCandidate]
  ) -> (small: [CompressionCandidate], large: [CompressionCandidate]) {
    let sorted = candidates.map { ($0, headBytes(with: $0)) }.sorted {
      ($1.1, $0.0.graph.index, $0.0.value.index) < ($0.1, $1.0.graph.index, $1.0.value.index)
    }
    return (
      sorted.filter { $0.1 <= headLimit }.map(\.0), sorted.filter { $0.1 > headLimit }.map(\.0)
    )
  }

  /// Why a candidate stays as it is, and what would let it be coded.
  func refusal(of candidate: CompressionCandidate) -> String {
    let head = headBytes(with: candidate)
    let growth = head - before.charge.headBytes
    let saved =
      "decoded, its \(candidate.byteCount) B take the head to \(head) B; coded, they would save "
      + "\(candidate.savedBytes) B of the file"
    switch budget {
    case .headGrowth(let bytes) where growth > bytes:
      return saved + ": allow them by --compress-arena \(growth)"
    case .headGrowth: return saved + ", but beside the others there is no room for them"
    case .arena(let bytes): return saved + ", but the arena has \(bytes) B"
    }
  }
}
