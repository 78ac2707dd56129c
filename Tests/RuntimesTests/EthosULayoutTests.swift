import Boards
import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Runtimes

@Suite struct EthosULayoutTests {
  @Test func modelsOfVelaAreKnown() throws {
    let layout = try #require(EthosULayout(VelaModels.model(3, .twoTensors)))
    #expect(
      layout.operatorCount == 3 && layout.scratchBytes == 4_096 && layout.separateFastBytes == nil)
    #expect(EthosULayout(VelaModels.model(1, .oneTensor))?.separateFastBytes == nil)
    #expect(EthosULayout(VelaModels.model(1, .dedicated))?.separateFastBytes == 6_000)
    #expect(EthosULayout(SampleModels.chain(.relu, .tanh)) == nil)
  }

  /// 64-bit addresses for all operands and results, and sizes of a pointer's width.
  @Test(arguments: [(TargetABI.arm32, 48, 24), (.ilp32, 48, 24), (.host64, 48, 48)])
  func theKernelTakesRoomForAddresses(abi: TargetABI, addresses: Int, sizes: Int) throws {
    let model = VelaModels.model()
    let prediction = try TFLMRuntime(TFLMTarget(abi: abi)).predict(
      model, plan: OfflinePlan.read(from: model))
    #expect(prediction.scratch.map(\.bytes) == [addresses, sizes])
    #expect(prediction.headBytes == 4_096 + 48 + sizes.roundedUp(to: 16))
    #expect(prediction.unknownOperators.isEmpty)
  }

  @Test func timeIsNotEstimated() throws {
    let model = CostModel(try Processor(core: "Cortex-M55 + Ethos-U55", clockMHz: 400))
    #expect(
      model.estimate(VelaModels.model()) == .unknown(reason: EthosULayout.reasonAgainstEstimate))
    #expect(model.estimate(SampleModels.chain(.relu, .tanh)).estimate != nil)
  }
}

/// What the kernel refuses, and where its answers are wrong.
@Suite struct EthosUDemandsTests {
  private func finding(_ model: Model) -> TFLMFinding? {
    TFLMCompatibility.findings(in: model, target: .host).first
  }

  private func changed(_ change: (inout Graph) -> Void) -> TFLMFinding? {
    var model = VelaModels.model(2)
    change(&model.graphs[0])
    return finding(model)
  }

  @Test(arguments: VelaModels.Memory.allCases)
  func compiledModelsRun(memory: VelaModels.Memory) {
    #expect(finding(VelaModels.model(4, memory)) == nil)
  }

  @Test func optionsAreNeeded() {
    #expect(changed { $0.nodes[0].customOptions = nil }?.kind == .options)
    #expect(
      changed { $0.nodes[0].customOptions = Node.CustomOptions(bytes: [2, 4, 1]) }?.kind == .options
    )
    #expect(
      changed { $0.nodes[0].customOptions = Node.CustomOptions(bytes: [9]) }?.severity == .refused)
    #expect(changed { $0.nodes[0].inputs = [] }?.kind == .operands)
  }

  @Test func withoutOffsetsAnswersAreWrong() {
    let lost = finding(VelaModels.model(2, hasPlan: false))
    #expect(lost?.severity == .wrongAnswers && lost?.kind == .offlinePlan)
  }

  @Test func anotherCountOfTensorsIsRefused() {
    let finding = changed {
      $0.values.append(Value(name: "more", dimensions: [1], elementType: .int8))
    }
    #expect(finding?.severity == .refused && finding?.kind == .offlinePlan)
  }

  @Test func aTensorWithoutOffsetMakesAnswersWrong() throws {
    var model = VelaModels.model(2)
    let offsets = try #require(try OfflinePlan.read(from: model)).offsets
    var edit = ModelEdit(of: model)
    let open = OfflinePlan(offsets: offsets.indices.map { $0 == 4 ? nil : offsets[$0] })
    edit.setMetadata(OfflinePlan.metadataName, open.metadataBytes(subgraphCount: 1))
    model.apply(edit)
    #expect(finding(model)?.severity == .wrongAnswers)
    #expect(finding(model)?.problem.contains("'x'") == true)
  }
}
