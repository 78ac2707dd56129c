import GraphIR
import MemoryPlanning
import ModelFiles
import Runtimes
import Tensors
import Testing
import _TestSupport

@testable import Planning

@Suite struct LoopSlotTests {
  private let planner = Planner(for: TFLMBuild(TFLMTarget(commonFor: .reference), safeOn: [.reference]))

  private static func loop() throws -> Model {
    let path = try #require(OwnModels.paths.first { $0.hasSuffix("/while_float32.tflite") })
    return try ModelFile.read(path: path)
  }

  @Test func carriedTensorsOfALoopHaveOneAddress() throws {
    let model = try Self.loop()
    let planned = try planner.plannedModel(for: model)
    let arranger = try Arranger(model, for: planner.runtime)
    let apart = try arranger.plan(.optimal)
    #expect(planned.plan.arenaBytes <= apart.arenaBytes)
    #expect(PlanCheck.run(model, planned.plan) == .same(samples: 2))
  }

  @Test func aLoopCounterThatGoesOnIsNotOverwrittenByItsTest() throws {
    let model = try Self.loop()
    let arranger = try Arranger(model, for: planner.runtime)
    let arena = try arranger.arena(arranger.orderedMain(.file))
    let slots = LoopSlot.slots(of: model, arena.timeline)
    let counter = try #require(slots.first { $0.position == 0 })
    #expect(counter.lasting.contains(.tensor(counter.condition, counter.conditionInput)))
    let tied = try SlotArena(arena, of: model, slots, alignment: 1)
    let number = try #require(
      arena.contents.firstIndex(of: .tensor(counter.condition, counter.conditionInput)))
    #expect(!tied.problem.overlaps.contains { $0.second == number })
  }

  /// A graph of one input, which is compared with a number, or to which one is added before it may go through a loop.
  private static func graph(_ builtin: BuiltinOperator, _ number: Int32, loop: (Int64, Int64)? = nil) -> Graph
  {
    var builder = GraphBuilder()
    let x = builder.input("x", [1], .int32)
    let constant = builder.constant("number", [1], .int32, bytes: [number].littleEndianBytes)
    var last = builder.value("y", [1], builtin == .less ? .bool : .int32)
    builder.node(
      builtin, [x, constant], [last], options: Record(builtin == .less ? "LessOptions" : "AddOptions"))
    if let loop {
      let end = builder.value("end", [1], .int32)
      builder.node(
        .while, [last], [end],
        options: Record(
          "WhileOptions",
          [
            .init(name: "cond_subgraph_index", value: .integer(loop.0)),
            .init(name: "body_subgraph_index", value: .integer(loop.1)),
          ]))
      last = end
    }
    builder.outputs([last])
    return builder.graph
  }

  /// Where the tensors of one loop cannot stand at one address beside those of another, they live as others do.
  @Test func loopsInLoopsAreTrusted() throws {
    let model = Model(graphs: [
      Self.graph(.add, 1, loop: (1, 2)), Self.graph(.less, 100), Self.graph(.add, 3, loop: (3, 4)),
      Self.graph(.less, 50), Self.graph(.add, 7),
    ])
    for libraries in [KernelLibrary.any, [.reference], []] {
      let build = TFLMBuild(TFLMTarget(commonFor: .reference), safeOn: libraries)
      let planned = try Planner(for: build).plannedModel(for: model)
      #expect(try build.faultOfOffsets(in: planned.model) == nil)
      #expect(PlanCheck.run(model, planned.plan) == .same(samples: 2))
    }
  }
}
