package import GraphIR
package import MemoryPlanning
import Operators
package import Planning
import Striping
import Tensors

/// Looks for the runs of layers that make the arena smallest when they are computed a few rows at a time.
package struct StripeSearch: Sendable {
  package struct Options: Sendable, Equatable {
    /// Multiply-accumulates that may be added, in parts of the model's.
    package var extraWork: Double
    /// Choices of runs that are written and planned.
    package var planCount: Int

    package init(extraWork: Double = 0.05, planCount: Int = 12) {
      self.extraWork = extraWork
      self.planCount = planCount
    }
  }

  package let planner: Planner<TFLMBuild>
  package let options: Options

  package init(_ planner: Planner<TFLMBuild>, _ options: Options = Options()) {
    self.planner = planner
    self.options = options
  }

  /// The best striped model; nil where no run makes the arena smaller.
  ///
  /// - Throws: `PlanningError` where the model cannot be planned.
  package func search(_ model: Model) throws(PlanningError) -> StripedModel? {
    let whole = try planner.plannedModel(for: model)
    var base = model.withDataInside
    _ = ReorderOperators.apply(whole.plan.orders, to: &base)
    _ = base.removeUnused()
    let graph = base.graphs[0]
    let work = graph.nodes.reduce(0) { $0.saturatingAdd(Registry.multiplyAccumulates(of: $1, in: graph)) }
    let limit = Int(Double(work) * options.extraWork)
    let layers = Self.layers(of: graph)
    let candidates = StripeCandidate.all(of: graph, layers: layers, workLimit: limit)
    let live = whole.plan.steps.filter { $0.graph == GraphID(0) }.map(\.liveBytes)
    guard live.count == graph.nodes.count else { return nil }
    let choice = StripeChoice(live: live, candidates: candidates, workLimit: limit)
    var best: StripedModel?
    for chosen in choice.choices(atMost: options.planCount) {
      let striped = try plan(chosen, into: base, work: work)
      print(
        "DBG", striped.runs, striped.planned.charge.headBytes, striped.planned.charge.arenaBytes,
        whole.charge.arenaBytes)
      if striped.planned.charge.arenaBytes < (best?.planned.charge.arenaBytes ?? whole.charge.arenaBytes) {
        best = striped
      }
    }
    return best
  }

  private func plan(
    _ chosen: [StripeCandidate], into base: Model, work: Int
  ) throws(PlanningError) -> StripedModel {
    var model = base
    for (number, candidate) in chosen.enumerated().reversed() {
      StripeWriter.write(
        candidate.striped, candidate.plan, candidate.source, named: "stripes/\(number)", into: &model)
    }
    StripeWriter.dropUnused(in: &model)
    let extra = chosen.reduce(0) { $0 + $1.extraWork }
    return StripedModel(
      model: model, planned: try planner.plannedModel(for: model), runs: chosen.map(\.summary),
      work: work, extraWork: extra)
  }

  static func layers(of graph: Graph) -> [Result<StripedLayer, StripeRefusal>] {
    graph.nodes.indices.map { index in
      Result { () throws(StripeRefusal) in try StripedLayer(NodeID(index), in: graph) }
    }
  }
}

/// A model with loops over stripes, and its plan.
package struct StripedModel: Sendable {
  /// The model before its plan is written down.
  package let model: Model
  package let planned: PlannedModel
  package let runs: [Run]
  /// Multiply-accumulates of the model as it came, and what the loops add.
  package let work: Int
  package let extraWork: Int

  package struct Run: Sendable, Equatable {
    /// Operators of the model in its plan's order.
    package let nodes: Range<Int>
    package let rowsPerTurn: Int
    package let turns: Int
    package let estimatedBytes: Int
    package let keptMaps: Int
    package let isResultOnSource: Bool
  }
}

extension StripeCandidate {
  var summary: StripedModel.Run {
    StripedModel.Run(
      nodes: nodes, rowsPerTurn: plan.rowsPerTurn, turns: plan.turns, estimatedBytes: bytes,
      keptMaps: plan.maps.count { $0.keptRows > 0 }, isResultOnSource: source.isUnderResult)
  }
}
