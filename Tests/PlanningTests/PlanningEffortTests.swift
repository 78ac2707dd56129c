import GraphIR
import MemoryPlanning
import Tensors
import Testing
import _TestSupport

@testable import Planning

@Suite struct PlanningEffortTests {
  @Test func moreEffortIsNeverLess() {
    let levels = PlanningEffort.Level.allCases.map(PlanningEffort.init)
    for (less, more) in zip(levels, levels.dropFirst()) {
      #expect(less.orders.stateBudget < more.orders.stateBudget)
      #expect(less.orders.beamWidth < more.orders.beamWidth)
      #expect(less.walkedSteps < more.walkedSteps)
      #expect(less.slotRounds < more.slotRounds)
      for effort in [\PlanningEffort.apart, \.first, \.last] {
        #expect(less[keyPath: effort].searchNodes < more[keyPath: effort].searchNodes)
        #expect(less[keyPath: effort].climbPlacements < more[keyPath: effort].climbPlacements)
      }
    }
  }

  /// Two branches that cross: which way round is lower has to be searched.
  private static func graph(using generator: inout SeededRandom) -> Graph {
    var builder = GraphBuilder()
    var values = [builder.input("x", [Int32.random(in: 1...9, using: &generator)])]
    for index in 0..<24 {
      let operands = (0..<2).map { _ in values.suffix(6).randomElement(using: &generator) ?? values[0] }
      values.append(builder.value("y\(index)", [Int32.random(in: 1...99, using: &generator)]))
      builder.node(.add, operands, [values[values.count - 1]])
    }
    builder.outputs([values[values.count - 1]])
    return builder.graph
  }

  /// The states of all graphs together are bounded, not those of each.
  @Test func theBudgetIsOfTheWholeModel() throws {
    var generator = SeededRandom(seed: 3)
    let model = Model(graphs: (0..<6).map { _ in Self.graph(using: &generator) })
    func states(_ budget: Int) throws -> [Int] {
      try Arranger(
        model, for: IdealRuntime(alignment: 1), searchOptions: OrderSearchOptions(stateBudget: budget)
      ).ordered(.optimal).map(\.statesExpanded)
    }
    let free = try states(100_000)
    #expect(free.count { $0 > 0 } > 2)
    let budget = free.reduce(0, +) - 1
    #expect(try states(budget).reduce(0, +) <= budget)
  }
}
