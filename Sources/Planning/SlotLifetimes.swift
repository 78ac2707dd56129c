import GraphIR

/// When the tensors of a loop's slot hold what somebody still reads, if they all stand at one address.
struct SlotLifetimes {
  let model: Model
  let timeline: Timeline

  /// A lifetime for each of the slot's contents, in their order.
  func lifetimes(of slot: LoopSlot) -> [Range<Int>]? {
    guard let call = timeline.spans[slot.caller.index][slot.loop.index] else { return nil }
    let condition = timeline.graphRuns[slot.condition.index].span
    let body = timeline.graphRuns[slot.body.index].span
    var lifetimes: [Range<Int>] = []
    if let operand = slot.operand {
      let caller = timeline.graphRuns[slot.caller.index].span
      let last = lastUse(of: operand, in: slot.caller, but: slot.loop) ?? 0
      let made = firstUse(of: operand, in: slot.caller) ?? caller.lowerBound
      lifetimes.append(made..<max(call.lowerBound + 1, last))
    }
    let caller = timeline.graphRuns[slot.caller.index].span
    let isKept = model.graphs[slot.caller.index].outputs.contains(slot.result)
    let read = lastUse(of: slot.result, in: slot.caller, but: nil) ?? 0
    lifetimes.append(call.upperBound - 1..<max(call.upperBound, isKept ? caller.upperBound : read))
    lifetimes.append(call.lowerBound..<condition.upperBound)
    if slot.isUnchanged {
      lifetimes.append(body)
    } else {
      let used = lastUse(of: slot.bodyInput, in: slot.body, but: nil) ?? 0
      lifetimes.append(body.lowerBound..<max(used, body.lowerBound + 1))
      let made = firstUse(of: slot.bodyOutput, in: slot.body) ?? body.lowerBound
      lifetimes.append(made..<body.upperBound)
    }
    return lifetimes
  }

  /// The end of the last node that reads a value, or of its graph where that hands it on.
  private func lastUse(of value: ValueID, in graph: GraphID, but excluded: NodeID?) -> Int? {
    let nodes = model.graphs[graph.index].nodes
    let reads = nodes.indices.filter {
      NodeID($0) != excluded && nodes[$0].inputs.contains(value)
    }
    let ends = reads.compactMap { timeline.spans[graph.index][$0]?.upperBound }
    let isOutput = model.graphs[graph.index].outputs.contains(value)
    return (ends + (isOutput ? [timeline.graphRuns[graph.index].span.upperBound] : [])).max()
  }

  /// The start of the node that writes a value.
  private func firstUse(of value: ValueID, in graph: GraphID) -> Int? {
    let nodes = model.graphs[graph.index].nodes
    return nodes.indices.first { nodes[$0].outputs.contains(value) }
      .flatMap { timeline.spans[graph.index][$0]?.lowerBound }
  }
}
