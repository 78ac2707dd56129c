import GraphIR
import MemoryPlanning
import ModelFiles
import Runtimes
import Testing
import _TestSupport

@testable import Planning

@Suite struct PlanGateTests {
  private let planner = Planner(for: TFLMBuild(.cortexM(.reference), safeOn: [.reference]))

  /// A model of our own, planned, with every buffer moved to one place.
  private func broken() throws -> (model: Model, planned: PlannedModel) {
    let path = try #require(OwnModels.paths.first { $0.contains("cnn_int8") })
    let model = try ModelFile.read(path: path)
    let planned = try planner.plannedModel(for: model)
    var plan = planned.plan
    for index in plan.buffers.indices { plan.buffers[index].offset = 0 }
    return (model, planned.with(plan))
  }

  @Test func plansThatChangeAnswersDoNotPass() throws {
    let (model, planned) = try broken()
    #expect(throws: PlanGate.Failure.self) {
      try PlanGate.pass(planned, of: model, by: planner)
    }
    do {
      _ = try PlanGate.pass(planned, of: model, by: planner)
    } catch {
      guard case .differs = error else { throw error }
      #expect("\(error)".contains("writes something else for random sample 0"))
    }
  }

  @Test func goodPlansPassAsTheyAre() throws {
    let (model, _) = try broken()
    let planned = try planner.plannedModel(for: model)
    let passed = try PlanGate.pass(planned, of: model, by: planner)
    #expect(passed.giveUpReason == nil)
    #expect(passed.planned.plan.buffers == planned.plan.buffers)
  }

  /// An operator that nnopt cannot run, beside ones whose tensors could overlap.
  private func unknown() -> Model {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 64])
    let y = builder.value("y", [1, 64])
    let z = builder.value("z", [1, 16])
    builder.node(.relu, [x], [y])
    builder.node(.custom, [y], [z], customName: "Mystery")
    builder.outputs([z])
    return Model(graphs: [builder.graph])
  }

  @Test(arguments: [0, 2])
  func modelsThatCannotRunKeepTensorsApart(samples: Int) throws {
    let model = unknown()
    let planned = try planner.plannedModel(for: model)
    try #require(planned.hasOffsets)
    let passed = try PlanGate.pass(planned, of: model, by: planner, samples: samples)
    #expect(passed.giveUpReason != nil)
    let apart = try Planner(for: TFLMBuild(.cortexM(.reference), safeOn: [])).plannedModel(for: model)
    #expect(passed.planned.plan.buffers == apart.plan.buffers)
    #expect(passed.planned.charge.headBytes == 128)
  }
}
