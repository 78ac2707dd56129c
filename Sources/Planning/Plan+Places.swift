package import Execution
package import GraphIR

extension Plan {
  /// This plan with every buffer where a runtime puts it for the model that the plan was written into.
  ///
  /// A kernel's scratch buffers stand one by one then, and not side by side.
  ///
  /// - Parameter places: by the written model's numbers, whose nodes stand in the plan's order.
  func placed(at places: [Charge.Place]) -> Plan {
    var tensors: [Content: Charge.Place] = [:]
    var scratch: [Content: [Charge.Place]] = [:]
    for place in places {
      switch place.content {
      case .tensor: tensors[place.content] = place
      case .scratch(let graph, let node):
        scratch[.scratch(graph, orders[graph.index][node.index]), default: []].append(place)
      }
    }
    var plan = self
    plan.buffers = buffers.flatMap { buffer -> [Buffer] in
      if buffer.byteCount == 0 { return [buffer] }
      let found = buffer.tensor == nil ? scratch[buffer.content] : tensors[buffer.content].map { [$0] }
      return (found ?? []).map {
        Buffer(buffer.content, byteCount: $0.byteCount, lifetime: buffer.lifetime, offset: $0.offset)
      }
    }
    plan.pools[0].usedBytes = places.map { $0.offset + $0.byteCount }.max() ?? 0
    return plan
  }

  /// This plan with what the searches for another plan of the same model proved.
  func withBounds(of proof: Proof) -> Plan {
    var plan = self
    plan.proof.lowerBoundBytes = proof.lowerBoundBytes
    plan.proof.anyOrderBoundBytes = proof.anyOrderBoundBytes
    plan.proof.statesExpanded = proof.statesExpanded
    return plan
  }

  /// Where an interpreter puts the tensors of the plan; values that the plan leaves out get memory of
  /// their own.
  package func arenaLayout(for model: Model) -> ArenaLayout {
    var offsets = model.graphs.map { [Int?](repeating: nil, count: $0.values.count) }
    for buffer in buffers {
      guard let tensor = buffer.tensor else { continue }
      offsets[tensor.graph.index][tensor.value.index] = buffer.offset
    }
    return ArenaLayout(orders: orders, offsets: offsets, byteCount: arenaBytes)
  }
}

extension Plan.Content {
  /// What a buffer holds, in words: `tensor 3 'conv/Relu'`, `scratch of operator 12 (CONV_2D)`.
  package func title(in model: Model) -> String {
    switch self {
    case .tensor(let graph, let value): model.graphs[graph.index].title(of: value)
    case .scratch(let graph, let node):
      "scratch of " + model.graphs[graph.index].title(of: node)
    }
  }

  /// The tensor's name, or its position where it has none; a kernel's memory by its operator.
  package func name(in model: Model) -> String {
    guard case .tensor(let graph, let value) = self else { return title(in: model) }
    return model.graphs[graph.index].name(of: value)
  }
}
