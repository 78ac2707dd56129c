import Execution
import GraphIR
import Runtimes
import Tensors
import Testing
import _TestSupport

@testable import Planning

@Suite struct StatePairTests {
  /// A chain from the state to its next value, with room for both at one address.
  private func model(_ length: Int, sizes: [Int32]) -> Model {
    var builder = GraphBuilder()
    let input = builder.input("h_in", [1, 64])
    var last = input
    for index in 0..<length {
      let next = builder.value("v\(index)", [1, sizes[index % sizes.count]])
      builder.node(index.isMultiple(of: 2) ? .neg : .abs, [last], [next])
      last = next
    }
    let output = builder.value("h_out", [1, 64])
    builder.node(.neg, [last], [output])
    builder.outputs([output])
    return Model(graphs: [builder.graph])
  }

  private let build = TFLMBuild(TFLMTarget(commonFor: .reference), safeOn: [])
  private let pair = StatePair(input: 0, output: 0)

  private func offsets(_ planned: PlannedModel, _ model: Model) -> (input: Int?, output: Int?) {
    let main = model.graphs[0]
    func offset(_ id: ValueID?) -> Int? {
      planned.plan.buffers.first { $0.content == id.map { .tensor(GraphID(0), $0) } }?.offset
    }
    return (offset(main.inputs[0]), offset(main.outputs[0]))
  }

  @Test(arguments: 1...5)
  func oneAddressNeverCostsBytes(length: Int) throws {
    let model = model(length, sizes: [64])
    var planner = Planner(for: build)
    let alone = try planner.plannedModel(for: model)
    planner.states = [pair]
    let shared = try planner.plannedModel(for: model)
    #expect(shared.charge.headBytes <= alone.charge.headBytes)
    // Tensors of one size alternate between two addresses: behind an odd number of steps the first one comes again.
    let places = offsets(shared, model)
    #expect((places.input == places.output) == !length.isMultiple(of: 2), "\(length)")
  }

  @Test func randomModelsStayRight() throws {
    var random = SeededRandom(seed: 7)
    for _ in 0..<30 {
      let length = 2 + Int(random.next() % 5)
      let model = model(length, sizes: [64])
      var planner = Planner(for: build)
      planner.states = [pair, StatePair(input: 3, output: 0), StatePair(input: 0, output: 9)]
      let shared = try planner.plannedModel(for: model)
      _ = try PlanGate.pass(shared, of: model, by: planner, samples: 2)
    }
  }
}
