import GraphIR
import MemoryPlanning
import ModelFiles
import Runtimes
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
}
