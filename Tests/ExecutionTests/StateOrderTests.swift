import Testing
import _TestSupport

@testable import Execution
@testable import GraphIR

/// Orders that the dependencies allow never change an answer, however many times a model with state runs.
@Suite struct StateOrderTests {
  /// The answers to three invocations that follow each other; nil from the first that fails.
  private func answers(of model: Model, _ order: [NodeID]? = nil) throws -> [[[UInt8]]?] {
    var layout = ArenaLayout.separate(model)
    if let order {
      layout = ArenaLayout(
        orders: [order] + layout.orders.dropFirst(), offsets: layout.offsets, byteCount: 0)
    }
    let session = Session(try Interpreter(model, layout: layout))
    return (1...3).map { turn -> [[UInt8]]? in
      let inputs = [[0, 0, 128, UInt8(62 + turn), 0, 0, 0, 65], [0, 0, 0, 63, 0, 0, UInt8(turn * 32), 64]]
      return try? session.run(inputs)
    }
  }

  @Test(arguments: 0..<400)
  func legalOrdersChangeNoAnswer(seed: UInt64) throws {
    var random = RandomStateModel(seed: seed)
    let model = random.model(steps: 12)
    let effects = EffectAnalysis(model).effects
    let dependencies = GraphDependencies(model.graphs[0], effects: effects[0])
    let expected = try answers(of: model)
    for _ in 0..<6 {
      let order = random.order(of: model.graphs[0], dependencies)
      #expect(order.count == model.graphs[0].nodes.count)
      #expect(try answers(of: model, order) == expected)
      // A file in that order, whose handles are met in it.
      var reordered = model
      reordered.graphs[0].nodes = order.map { model.graphs[0][$0] }
      #expect(try answers(of: reordered) == expected)
    }
  }

  /// Most of the models above run, and answer otherwise in an order that ignores state.
  @Test func stateIsSeen() throws {
    var running = 0
    var different = 0
    for seed in 0..<100 {
      var random = RandomStateModel(seed: UInt64(seed))
      let model = random.model(steps: 12)
      let expected = try answers(of: model)
      if !expected.contains(nil) { running += 1 }
      let none = GraphDependencies(
        model.graphs[0], effects: model.graphs[0].nodes.map { _ in NodeEffects() })
      let order = random.order(of: model.graphs[0], none)
      if try answers(of: model, order) != expected { different += 1 }
    }
    #expect(running > 50)
    #expect(different > 50)
  }
}
