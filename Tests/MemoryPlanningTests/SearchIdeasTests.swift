import Tensors
import Testing
import _TestSupport

@testable import MemoryPlanning

/// Whatever idea of a search is left out, answers are valid and what is called proved is.
@Suite struct SearchIdeasTests {
  private static let orderIdeas =
    [.all, []] + OrderSearchIdeas.named.map { OrderSearchIdeas.all.subtracting($0.idea) }
  private static let placementIdeas =
    [.all, []] + PlacementIdeas.named.map { PlacementIdeas.all.subtracting($0.idea) }

  /// Small problems, and the lowest peak of each.
  private static let orders = Result {
    var generator = SeededRandom(seed: 51)
    return try (0..<30).map { round in
      var problem = try randomScheduleProblem(steps: 6, using: &generator)
      if round.isMultiple(of: 2) { problem = try randomOverlaps(of: problem, using: &generator) }
      return (problem, bruteForcePeak(of: problem))
    }
  }

  /// Small problems, and the smallest arena of each.
  private static let placements = Result {
    var generator = SeededRandom(seed: 52)
    return try (0..<45).map { round in
      let problem = try randomOverlapProblem(equals: [0, 50, 100][round % 3], using: &generator)
      return (problem, exhaustiveArena(of: problem))
    }
  }

  @Test func namesStandForAllIdeasOnce() {
    #expect(OrderSearchIdeas(OrderSearchIdeas.named.map(\.idea)) == .all)
    #expect(
      OrderSearchIdeas.named.map(\.idea.rawValue.nonzeroBitCount) == OrderSearchIdeas.named.map { _ in 1 })
    #expect(Set(OrderSearchIdeas.named.map(\.name)).count == OrderSearchIdeas.all.rawValue.nonzeroBitCount)
    #expect(PlacementIdeas(PlacementIdeas.named.map(\.idea)) == .all)
    #expect(PlacementIdeas.named.map(\.idea.rawValue.nonzeroBitCount) == PlacementIdeas.named.map { _ in 1 })
    #expect(Set(PlacementIdeas.named.map(\.name)).count == PlacementIdeas.all.rawValue.nonzeroBitCount)
  }

  @Test(arguments: orderIdeas)
  func ordersAreValidAndProved(ideas: OrderSearchIdeas) throws {
    for (problem, best) in try Self.orders.get() {
      for budget in [0, 1, 3, 100_000] {
        let options = OrderSearchOptions(stateBudget: budget, beamWidth: 2, ideas: ideas)
        let result = problem.optimizedOrder(options)
        try problem.validate(result.schedule)
        #expect(result.lowerBound <= best, "budget \(budget): \(problem.csv)")
        #expect(result.schedule.peakBytes >= best)
        if budget > 1000 { #expect(result.isProved && result.schedule.peakBytes == best, "\(problem.csv)") }
      }
    }
  }

  /// Buffers that may have one address are more than the search can prove.
  @Test(arguments: placementIdeas)
  func placementsAreValidAndProved(ideas: PlacementIdeas) throws {
    for (problem, best) in try Self.placements.get() {
      for budget in [0, 128, 2_000, 400_000] {
        let effort = PlacementEffort(searchNodes: budget, climbPlacements: min(budget, 100), ideas: ideas)
        for goal in [0, best - 1, best + 2] {
          let result = problem.optimizedPlacement(effort: effort, goal: goal)
          try problem.validate(result.placement)
          #expect(result.lowerBound <= best, "budget \(budget), goal \(goal): \(problem)")
          #expect(result.placement.arenaBytes >= best)
          if budget > 10_000, !problem.overlaps.contains(where: { $0.condition == .equal }) {
            #expect(result.placement.arenaBytes <= max(goal, best), "goal \(goal): \(problem)")
            if goal < best { #expect(result.isProved) }
          }
        }
      }
    }
  }

  /// The searches are deterministic, and each idea is one: left out, some problem takes other numbers.
  @Test func everyIdeaOfTheOrderChangesSomething() throws {
    var generator = SeededRandom(seed: 53)
    var problems: [ScheduleProblem] = []
    for steps in [8, 12, 16] {
      for _ in 0..<8 {
        problems.append(
          try randomScheduleProblem(steps: steps, extraPrecedences: steps / 4, using: &generator))
        problems.append(
          try chained((0..<4).map { _ in try randomScheduleProblem(steps: 8, using: &generator) }))
      }
    }
    for _ in 0..<3 {
      problems.append(try randomScheduleProblem(steps: 48, extraPrecedences: 4, using: &generator))
    }
    for count in 3...6 {
      let part = try randomScheduleProblem(steps: 5, extraPrecedences: 0, using: &generator)
      problems.append(try copies(of: part, count: count))
    }
    func results(_ ideas: OrderSearchIdeas) -> [OptimizedOrder] {
      [6, 16, 60].flatMap { budget in
        problems.map {
          $0.optimizedOrder(OrderSearchOptions(stateBudget: budget, beamWidth: 8, ideas: ideas))
        }
      }
    }
    let all = results(.all)
    let isRepeatable = results(.all) == all
    #expect(isRepeatable)
    for (name, idea) in OrderSearchIdeas.named {
      let isSame = results(.all.subtracting(idea)) == all
      #expect(!isSame, "\(name)")
    }
  }

  @Test func everyIdeaOfThePlacementChangesSomething() throws {
    var generator = SeededRandom(seed: 54)
    var problems: [PlacementProblem] = []
    for count in [6, 10, 14] {
      for _ in 0..<10 {
        problems.append(try randomPlacementProblem(buffers: count, times: 10, maxSize: 6, using: &generator))
        problems.append(try randomOverlapProblem(buffers: count, equals: 50, using: &generator))
        // Alignment keeps them off the bound, so that all has to be searched.
        let twice = try randomPlacementProblem(
          buffers: count / 2, times: 4, maxSize: 6, alignment: 4, using: &generator)
        problems.append(try PlacementProblem(buffers: twice.buffers + twice.buffers))
      }
    }
    for _ in 0..<8 {
      problems.append(try randomPlacementProblem(buffers: 40, times: 12, maxSize: 60, using: &generator))
    }
    // A crowd, and a tail for which there is room.
    for _ in 0..<8 {
      let crowd = try randomOverlapProblem(buffers: 14, equals: 0, using: &generator)
      let large = crowd.buffers.map {
        PlacementProblem.Buffer(size: $0.size * 16, lower: $0.lower, upper: $0.upper)
      }
      let tail = (0..<60).map { PlacementProblem.Buffer(size: 1, lower: 4 + $0, upper: 12 + $0) }
      problems.append(try PlacementProblem(buffers: large + tail, overlaps: crowd.overlaps))
    }
    for count in [4, 8] { problems.append(try PeakWindowsTests.held(count)) }
    func results(_ ideas: PlacementIdeas) -> [OptimizedPlacement] {
      problems.map {
        $0.optimizedPlacement(effort: PlacementEffort(searchNodes: 2_000, climbPlacements: 400, ideas: ideas))
      }
    }
    let isRepeatable = results(.all) == results(.all)
    #expect(isRepeatable)
    for (name, idea) in PlacementIdeas.named {
      // Most problems are solved before the exact search begins.
      let simple: PlacementIdeas = [.greedy, .climb]
      var base = simple.contains(idea) ? PlacementIdeas.all : PlacementIdeas.all.subtracting(simple)
      // These are ideas of the search by rising offset, which has little to do behind that by orientations.
      if [.canonicalOrder, .dominance, .portfolio].contains(idea) { base.subtract(.orientations) }
      let isSame = results(base.subtracting(idea)) == results(base)
      #expect(!isSame, "\(name)")
    }
  }
}
