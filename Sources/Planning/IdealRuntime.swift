package import GraphIR
package import MemoryPlanning

/// No runtime: the tensors alone, without scratch buffers, overlaps or persistent data.
///
/// Constants and values computed only from constants take no memory. The least that any runtime without overlap
/// needs; what papers on execution orders compare.
package struct IdealRuntime: Runtime {
  package let alignment: Int

  /// The largest alignment, in bytes.
  package static let maximumAlignment = 1 << 20

  /// - Parameter alignment: bytes to a multiple of which every tensor is rounded up; 1...`maximumAlignment`.
  package init(alignment: Int = 16) {
    precondition((1...Self.maximumAlignment).contains(alignment), "an alignment out of range")
    self.alignment = alignment
  }

  package var obeysOffsets: Bool { true }

  package func demands(of model: Model) -> Demands {
    let effects = EffectAnalysis(model).effects
    return Demands(
      takesMemory: zip(model.graphs, effects).map { graph, effects in
        zip(GraphDependencies(graph, effects: effects).isFixed, graph.values).map { !$0 && !$1.isVariable }
      },
      scratchBytes: model.graphs.map { [Int](repeating: 0, count: $0.nodes.count) },
      overlaps: model.graphs.map { _ in [] })
  }

  package func written(_ plan: Plan, into model: Model) -> Model {
    var model = model
    _ = ReorderOperators.apply(plan.orders, to: &model)
    return model
  }

  package func charge(for model: Model, planned plan: Plan?) throws(PlanningError) -> Charge {
    if let kept = KeptLayout(model) {
      let places = try kept.places(in: model)
      let end = places.map { $0.offset + $0.byteCount }.max() ?? 0
      return Charge(headBytes: end, tailBytes: 0, arenaBytes: end, places: places)
    }
    var plan = plan
    if plan == nil { plan = try Arranger(model, for: self).plan(.file) }
    let bytes = plan?.arenaBytes ?? 0
    return Charge(headBytes: bytes, tailBytes: 0, arenaBytes: bytes)
  }

  package func faultOfOffsets(in model: Model) -> String? { nil }
}
