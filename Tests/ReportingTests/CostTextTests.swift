import Boards
import Foundation
import Testing
import Workflows

@testable import Reporting
@testable import Runtimes

@Suite struct CostTextTests {
  private func board(_ id: String) throws -> Board { try BoardTable.builtin().board(id: id) }

  @Test func oneSentenceSaysTimeAndEnergy() throws {
    let verdict = CostModel(try board("esp32").processor).estimate(SampleReports.branches())
    let text = CostText(board: "esp32").sentence(verdict)
    #expect(text.hasPrefix("about "))
    #expect(text.contains(" ms per inference on esp32, likeliest "))
    #expect(text.contains("(estimate: esp-nn, 240 MHz), "))
    #expect(text.hasSuffix(" mJ"))
  }

  @Test func whatIsUnknownIsSaid() throws {
    let verdict = CostModel(try board("atmega328p").processor).estimate(SampleReports.branches())
    #expect(
      CostText(board: "uno").sentence(verdict)
        == "no estimate of the time per inference on uno: no public measurement of such a processor is known")
  }

  @Test(arguments: [
    (0.0, "0"), (0.00004, "0"), (0.0421, "0.042"), (0.996, "1.0"), (3.74, "3.7"), (9.96, "10"), (99.4, "99"),
    (99.6, "100"), (384.0, "380"), (12_345.0, "12,000"), (1e20, "10¹⁵ or more"),
  ])
  func twoDigitsAreEnough(number: Double, text: String) {
    #expect(CostText.rough(number) == text)
  }

  @Test func everyBoardHasAnEstimateOrAReason() throws {
    let model = SampleReports.branches()
    let without = try BoardTable.builtin().boards.filter {
      CostModel($0.processor).estimate(model).estimate == nil
    }
    #expect(
      without.map(\.id).sorted() == [
        "atmega2560", "atmega328p", "gapuino-gap8", "himax-we1", "maix-k210",
      ])
  }

  @Test func plansForABoardHaveACost() throws {
    let session = PlanSession(
      model: SampleReports.branches(), path: "m", alignment: 16, effort: .normal.with(states: 1000))
    let report = try session.report(order: .file, board: board("nucleo-l4r5zi"), limitBytes: nil)
    #expect(report.cost?.estimate != nil)
    let text = PlanTextRenderer(style: TerminalStyle(isColored: false, width: 120)).render(report)
    #expect(text.contains("ms per inference on nucleo-l4r5zi"))
    let json = try JSONSerialization.jsonObject(with: Data(PlanJSONRenderer().render([report]).utf8))
    let models = try #require((json as? [String: Any])?["models"] as? [[String: Any]])
    let cost = try #require(models.first?["cost"] as? [String: Any])
    #expect(
      cost.keys.sorted() == [
        "conditions", "cycles", "millijoules", "milliseconds", "operators", "uncertainty",
      ])
    let operators = try #require(cost["operators"] as? [[String: Any]])
    #expect(operators.count == 5)
    #expect(
      operators.first?.keys.sorted() == [
        "bytes", "graph", "macs", "milliseconds", "name", "operator", "runs",
      ])
    #expect(try session.report(order: .file, board: nil, limitBytes: nil).cost == nil)
  }
}
