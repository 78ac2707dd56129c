import GraphIR
import Runtimes
import Tensors

/// Looks for tensors that a file's offline plan lays over each other while both are needed: the runtime
/// obeys such offsets without a check, and computes wrong answers.
struct OfflinePlanCheck {
  let model: Model
  let rules: OverlapRules
  private let buffers: [FixedBuffer]

  /// A tensor with an offset from the file.
  private struct FixedBuffer {
    let graph: Int
    let value: ValueID
    let placed: TFLMPrediction.PlannedBuffer

    func overlaps(_ other: FixedBuffer) -> Bool {
      placed.firstUse <= other.placed.lastUse && other.placed.firstUse <= placed.lastUse
        && placed.offset < other.placed.offset + other.placed.size
        && other.placed.offset < placed.offset + placed.size
    }
  }

  static func warnings(
    for model: Model, plan: OfflinePlan?, prediction: TFLMPrediction, kernels: KernelLibrary
  ) -> [FirmwareWarning] {
    guard let plan else { return [] }
    let check = OfflinePlanCheck(model, plan, prediction, kernels)
    return [check.overlapWarning(), check.alignmentWarning()].compactMap(\.self)
  }

  private init(
    _ model: Model, _ plan: OfflinePlan, _ prediction: TFLMPrediction, _ kernels: KernelLibrary
  ) {
    self.model = model
    rules = OverlapRules(kernels)
    let starts = model.graphs.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.values.count) }
    buffers = prediction.buffers.compactMap { buffer in
      guard case .value(let graph, let value) = buffer.owner,
        plan.offsets[starts[graph.index] + value.index] != nil
      else { return nil }
      return FixedBuffer(graph: graph.index, value: value, placed: buffer)
    }
  }

  private func overlapWarning() -> FirmwareWarning? {
    let bad = pairs()
    guard let (first, second) = bad.first else { return nil }
    let place = FirmwarePlace.tensor(first.value, first.graph, model.graphs[first.graph][first.value])
    return FirmwareWarning(
      kind: .offlinePlan, place: place, moreCount: bad.count - 1,
      problem: "the file's offline plan lays it over tensor \(second.value.index) while both are needed"
        + " by \(rules.kernels.title) kernels: answers will be wrong",
      remedy: "Plan the model again with 'nnopt plan --kernels \(rules.kernels.rawValue) --output'.")
  }

  /// Pairs of one graph that share bytes where no kernel allows it, by ascending index.
  private func pairs() -> [(FixedBuffer, FixedBuffer)] {
    let sorted = buffers.indices.sorted {
      (buffers[$0].placed.firstUse, $0) < (buffers[$1].placed.firstUse, $1)
    }
    var live: [Int] = []
    var bad: [(FixedBuffer, FixedBuffer)] = []
    for index in sorted {
      let buffer = buffers[index]
      live.removeAll { buffers[$0].placed.lastUse < buffer.placed.firstUse }
      for other in live where buffers[other].graph == buffer.graph && buffers[other].overlaps(buffer) {
        if !isAllowed(buffers[other], buffer) { bad.append((buffers[other], buffer)) }
      }
      live.append(index)
    }
    return bad
  }

  /// Whether the later buffer may overwrite the earlier one while one operator reads it for the last time.
  ///
  /// What control flow hands over may have one address: the runtime copies it, or has nothing to copy.
  private func isAllowed(_ old: FixedBuffer, _ new: FixedBuffer) -> Bool {
    let graph = model.graphs[old.graph]
    if old.graph > 0, old.placed.offset == new.placed.offset, isPort(old, graph), isPort(new, graph) {
      return true
    }
    guard old.placed.lastUse <= new.placed.firstUse || old.placed.offset == new.placed.offset,
      let node = graph.nodes.first(where: { $0.outputs.contains(new.value) }),
      let position = node.inputs.firstIndex(of: old.value)
    else { return false }
    if !node.calledGraphs.isEmpty { return old.placed.offset == new.placed.offset }
    guard old.placed.lastUse <= new.placed.firstUse else { return false }
    switch rules.rule(input: position, of: node, in: graph) {
    case .disjoint: return false
    case .sameAddress: return old.placed.offset == new.placed.offset
    case .startsBefore(let distance):
      let (end, overflow) = new.placed.offset.addingReportingOverflow(distance)
      return !overflow && end <= old.placed.offset
    }
  }

  private func isPort(_ buffer: FixedBuffer, _ graph: Graph) -> Bool {
    graph.inputs.contains(buffer.value) || graph.outputs.contains(buffer.value)
  }

  private func alignmentWarning() -> FirmwareWarning? {
    let bad = buffers.filter { buffer in
      let bits = model.graphs[buffer.graph][buffer.value].elementType.bitWidth ?? 8
      return !buffer.placed.offset.isMultiple(of: max(1, bits / 8))
    }
    guard let first = bad.first else { return nil }
    return FirmwareWarning(
      kind: .offlinePlan,
      place: FirmwarePlace.tensor(first.value, first.graph, model.graphs[first.graph][first.value]),
      moreCount: bad.count - 1,
      problem:
        "the file's offline plan places it at \(first.placed.offset), where its elements are not aligned",
      remedy: "Plan the model again with 'nnopt plan --output'.")
  }
}
