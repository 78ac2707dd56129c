import Boards
import GraphIR
import Runtimes
import Testing
import _TestSupport

@testable import Firmware

@Suite struct TFLMVerdictTests {
  private func warning(_ severity: TFLMFinding.Severity) -> FirmwareWarning {
    FirmwareWarning(
      kind: .options, severity: severity, place: severity.rawValue, problem: "a problem",
      remedy: "A remedy.")
  }

  @Test func refusalsComeBeforeWrongAnswers() {
    let both = TFLMVerdict([warning(.warning), warning(.wrongAnswers), warning(.refused)])
    #expect(both.obstacle?.severity == .refused && !both.runs && !both.isRight)
    let wrong = TFLMVerdict([warning(.wrongAnswers)])
    #expect(
      wrong.runs && !wrong.isRight
        && wrong.obstacle?.clause == "wrong answers, wrong-answers: a problem")
    let fine = TFLMVerdict([warning(.warning)])
    #expect(fine.runs && fine.isRight && fine.obstacle == nil)
  }

  @Test func anEthosUHasToBeThere() throws {
    let model = VelaModels.model(2)
    let with = try Processor(core: "Cortex-M55 + Ethos-U55")
    let without = try Processor(core: "Cortex-M55")
    #expect(!TFLMVerdict(model, on: TFLMTarget(without), processor: without).runs)
    for processor in [with, nil] {
      let verdict = TFLMVerdict(model, on: .cortexM(.cmsisNN), processor: processor)
      #expect(verdict.isRight && verdict.warnings.map(\.kind) == [.npu])
    }
    let other = SampleModels.chain(.relu, .tanh)
    #expect(TFLMVerdict(other, on: TFLMTarget(without), processor: without).warnings.isEmpty)
  }

  @Test func fastMemoryApartIsNamed() {
    let verdict = TFLMVerdict(VelaModels.model(1, .dedicated), on: .cortexM(.reference))
    #expect(verdict.warnings.first?.remedy.contains("6000 bytes") == true)
    let lost = TFLMVerdict(VelaModels.model(1, hasPlan: false), on: .cortexM(.reference))
    #expect(lost.runs && !lost.isRight && lost.obstacle?.kind == .offlinePlan)
  }
}
