/// Keeps the best few partial orders of each length: a good order quickly, without a proof.
struct BeamSearch {
  let instance: OrderInstance
  /// A peak that is good enough.
  let floor: Int
  /// Partial orders kept at each length.
  let width: Int
  let ideas: OrderSearchIdeas

  /// The best order found, or nil where the beam lost every way to the end.
  func run() -> Schedule? {
    var table = StateTable(width: instance.width)
    var start = PartialOrder(startOf: instance)
    start.runHarmlessSteps(within: floor, in: instance, ideas)
    start.sortBranches(in: instance)
    var layer = [table.record(start, parent: -1)].compactMap(\.self)
    var complete = start.isComplete ? layer.first : nil
    while !layer.isEmpty {
      var children: [Int] = []
      for index in layer {
        let partial = table.partialOrder(index)
        for step in partial.ready {
          var child = partial
          child.run(step, in: instance)
          child.runHarmlessSteps(within: max(child.peakBytes, floor), in: instance, ideas)
          child.sortBranches(in: instance)
          guard let recorded = table.record(child, parent: index) else { continue }
          if child.isComplete { complete = recorded } else { children.append(recorded) }
        }
      }
      layer = bestStates(of: children, in: table)
    }
    return complete.map { table.schedule(to: $0, in: instance) }
  }

  private func bestStates(of children: [Int], in table: StateTable) -> [Int] {
    func key(_ index: Int) -> (Int, Int, Int) {
      let state = table.states[index]
      return (max(state.peakBytes, floor), state.liveBytes, index)
    }
    return Array(Array(Set(children)).sorted { key($0) < key($1) }.prefix(width))
  }
}
