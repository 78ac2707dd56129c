import Tensors
import Testing

@testable import GraphIR

@Suite struct StateHistoryTests {
  /// Whatever conflicts pair by pair is ordered, directly or by way of others, and nothing else is.
  @Test(arguments: 0..<300)
  func orderIsThatOfAllConflicts(seed: UInt64) {
    var generator = SeededRandom(seed: seed)
    let effects = (0..<12).map { _ in randomEffects(&generator) }
    var history = StateHistory()
    var direct = effects.map { _ in Set<Int>() }
    var conflicts = direct
    for (index, node) in effects.enumerated() {
      direct[index] = Set(history.record(node, of: NodeID(index)).map(\.index))
      conflicts[index] = Set((0..<index).filter { node.conflicts(with: effects[$0]) })
    }
    #expect(closure(direct) == closure(conflicts))
  }

  @Test func chainOfUnknownEffectsHasOnePairPerLink() {
    var unknown = NodeEffects()
    unknown.writes = [.unknown]
    var history = StateHistory()
    for index in 0..<1_000 {
      #expect(history.record(unknown, of: NodeID(index)) == (index == 0 ? [] : [NodeID(index - 1)]))
    }
  }

  private func randomEffects(_ generator: inout SeededRandom) -> NodeEffects {
    let states: [NodeEffects.State] = [
      .resource(0), .resource(1), .table(0), .anyResource, .variable(GraphID(0), ValueID(3)),
      .randomGenerator,
      .handles(name: "a"), .unknown,
    ]
    var effects = NodeEffects()
    for state in states where Int.random(in: 0..<5, using: &generator) == 0 { effects.reads.insert(state) }
    for state in states where Int.random(in: 0..<8, using: &generator) == 0 { effects.writes.insert(state) }
    return effects
  }

  private func closure(_ predecessors: [Set<Int>]) -> [Set<Int>] {
    var result = predecessors
    for index in result.indices {
      for before in predecessors[index] { result[index].formUnion(result[before]) }
    }
    return result
  }
}
