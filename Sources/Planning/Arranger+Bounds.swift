import GraphIR
import MemoryPlanning

extension Arranger {
  /// Steps of a model up to which arenas of all orders are looked at together.
  private static let mostSteps = 2_000

  /// What no arena is smaller than, in whatever order the operators run; 0 where nothing is known.
  ///
  /// Only the steps count at which a buffer is live in any order, and whatever may share bytes in some order may do so here.
  ///
  /// - Parameter arena: of these graphs.
  func boundOfAnyOrder(_ ordered: [OrderedGraph], _ arena: ArenaProblem, effort: PlacementEffort) -> Int {
    guard model.graphs.count == 1, demands.links.isEmpty, let main = ordered.first,
      main.order.count <= Self.mostSteps
    else { return 0 }
    let schedule = main.schedule
    let sure = schedule.problem.sureLifetimes(along: main.order)
    var place = [Int](repeating: 0, count: main.order.count)
    for (position, step) in main.order.enumerated() { place[step] = position }
    var numbers = [Int?](repeating: nil, count: sure.count)
    var buffers: [PlacementProblem.Buffer] = []
    for (index, buffer) in schedule.problem.buffers.enumerated() where !sure[index].isEmpty {
      numbers[index] = buffers.count
      buffers.append(
        .init(
          size: buffer.size, lower: sure[index].lowerBound, upper: sure[index].upperBound,
          alignment: alignment))
    }
    for (node, size) in demands.scratchBytes[0].enumerated() where size > 0 {
      buffers.append(.init(size: size, lower: place[node], upper: place[node] + 1, alignment: alignment))
    }
    let overlaps = schedule.problem.overlaps.compactMap { overlap -> AllowedOverlap? in
      guard let first = numbers[overlap.first], let second = numbers[overlap.second],
        !schedule.problem.buffers[overlap.second].isKept,
        let step = schedule.problem.buffers[overlap.first].producer
      else { return nil }
      let both = sure[overlap.first].clamped(to: sure[overlap.second])
      guard both.isEmpty || both == place[step]..<place[step] + 1 else { return nil }
      return AllowedOverlap(first: first, second: second, overlap.condition)
    }
    guard let problem = try? PlacementProblem(buffers: buffers, overlaps: overlaps) else { return 0 }
    return problem.optimizedPlacement(effort: effort).lowerBound
  }
}
