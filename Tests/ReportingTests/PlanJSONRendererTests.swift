import Foundation
import GraphIR
import Testing
import Workflows
import _TestSupport

@testable import Passes
@testable import Reporting

@Suite struct PlanJSONRendererTests {
  private func object(_ report: PlanReport) throws -> [String: Any] {
    let text = try PlanJSONRenderer().render([report])
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let models = try #require(document?["models"] as? [[String: Any]])
    #expect((document?["failures"] as? [Any])?.isEmpty == true)
    return try #require(models.first)
  }

  private func keys(_ value: Any?) -> [String] { (value as? [String: Any])?.keys.sorted() ?? [] }

  private func first(_ value: Any?) -> Any? { (value as? [Any])?.first }

  @Test func keysAreAnInterface() throws {
    let model = try object(
      SampleReports.report(
        SampleReports.branches(), board: SampleReports.board(1024), limitBytes: 2000))
    #expect(
      model.keys.sorted() == [
        "board", "failOver", "flash", "operators", "operatorsOfAllSubgraphs", "orders", "path", "peak",
        "plan", "reason", "summary", "timings", "verdict",
      ])
    #expect(keys(first(model["orders"])) == ["idealPeakBytes", "name", "peakBytes"])
    #expect(
      keys(model["board"]) == ["availableBytes", "fits", "id", "marginBytes", "name", "requestedBytes"])
    #expect(keys(model["flash"]) == ["fileBytes", "requestedBytes"])
    #expect(keys(model["failOver"]) == ["limitBytes", "marginBytes", "met"])
    #expect(
      keys(model["plan"]) == [
        "alignment", "arenaBytes", "arenaLowerBoundBytes", "arenaProved", "lowerBoundBytes", "order",
        "peakBytes", "proved", "scratch", "statesSearched", "steps", "tensors",
      ])
    let plan = model["plan"] as? [String: Any]
    #expect(keys(first(plan?["steps"])) == ["graph", "liveBytes", "operator"])
    #expect(
      keys(first(plan?["tensors"])) == [
        "bytes", "firstStep", "graph", "lastStep", "name", "offset", "shape", "tensor", "type",
      ])
    #expect(
      keys(model["summary"]) == [
        "constantBytes", "histogram", "inputs", "macs", "outputs", "parameters", "stateBytes", "subgraphs",
      ])
    #expect(keys(model["peak"]) == ["operator", "step", "tensors"])
  }

  @Test func figuresAreThoseOfThePlan() throws {
    let model = try object(
      SampleReports.report(SampleReports.branches(), board: SampleReports.board(1024)))
    let plan = try #require(model["plan"] as? [String: Any])
    #expect(plan["order"] as? String == "optimal")
    #expect(plan["peakBytes"] as? Int == 1408)
    #expect(plan["proved"] as? Bool == true)
    #expect((model["timings"] as? [String: Double]) == ["planSeconds": 0.005])
    #expect((plan["steps"] as? [[String: Int]])?.map { $0["operator"] } == [0, 2, 1, 3, 4])
    let board = try #require(model["board"] as? [String: Any])
    #expect(board["fits"] as? Bool == false)
    #expect(board["marginBytes"] as? Int == -384)
  }

  @Test func absentThingsHaveNoKeys() throws {
    let model = try object(SampleReports.report(Model(graphs: [GraphBuilder().graph])))
    #expect(
      model.keys.sorted() == [
        "operators", "operatorsOfAllSubgraphs", "orders", "path", "plan", "reason", "summary",
        "timings", "verdict",
      ])
  }

  @Test func hostileNamesAreEscaped() throws {
    let report = try SampleReports.report(
      SampleReports.chain(1, name: { _ in SampleReports.hostileName }), path: SampleReports.hostileName)
    let text = try PlanJSONRenderer().render([report])
    #expect(!SampleReports.hasControls(text))
    #expect(text.contains("a<&\\\"'>\\u001b[31m\\r\\n\\u202Eb\\u0000"))
  }

  @Test func failuresAreListedApart() throws {
    let failure = PlanFailure(path: "a/b.tflite", message: "a/b.tflite: not a model")
    let expected = """
      {
        "document" : "nnopt-plan-1",
        "failures" : [
          {
            "message" : "a/b.tflite: not a model",
            "path" : "a/b.tflite"
          }
        ],
        "models" : [

        ],
        "nnopt" : "\(ToolVersion.text)"
      }
      """
    #expect(try PlanJSONRenderer().render([], failures: [failure]) == expected)
  }
}
