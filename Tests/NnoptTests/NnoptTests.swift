import Foundation
import Testing

@Suite struct NnoptTests {
  @Test(arguments: [
    [], ["plan"], ["run"], ["check"], ["diff"], ["place"], ["inspect"], ["export"], ["boards"],
  ])
  func helpHasAnExample(command: [String]) throws {
    let result = try Tool.run(command + ["--help"])
    #expect(result.status == 0)
    #expect(result.output.contains("EXAMPLES"))
    #expect(result.output.contains("nnopt \(command.first ?? "plan")"))
  }

  @Test(arguments: ["bash", "zsh", "fish"])
  func completionsCanBePrinted(shell: String) throws {
    let result = try Tool.run(["--generate-completion-script", shell])
    #expect(result.status == 0)
    #expect(result.output.contains("fail-over"))
  }

  @Test func boardsCanBeFiltered() throws {
    let result = try Tool.run(["boards", "teensy"])
    #expect(result.status == 0)
    #expect(result.output.contains("teensy41"))
    #expect(!result.output.contains("esp32"))
    #expect(try Tool.run(["boards", "no such board"]).status == 1)
  }

  @Test func inspectListsOperatorsAndTensors() throws {
    let result = try Tool.run(["inspect", Tool.model("cnn_int8")])
    #expect(result.status == 0)
    #expect(result.output.contains("CONV_2D"))
    let json = try Tool.run(["inspect", Tool.model("cnn_int8"), "--json"]).output
    #expect(json.hasPrefix("{"))
    #expect(!json.contains("\"lowered\""))
  }

  @Test func inspectShowsWhatKernelsRunOn() throws {
    let arguments = ["inspect", Tool.model("cnn_int8"), "--lowered"]
    let text = try Tool.run(arguments, environment: ["COLUMNS": "80"])
    #expect(text.status == 0)
    #expect(text.output.contains("CONV_2D  FastByteConvolution"))
    #expect(text.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let json = try Tool.run(arguments + ["--json"])
    let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let graphs = document?["graphs"] as? [[String: Any]]
    let operators = graphs?.first?["operators"] as? [[String: Any]]
    let lowered = operators?.first?["lowered"] as? [String: Any]
    #expect(lowered?["form"] as? String == "FastByteConvolution")
    let scaling = (lowered?["fields"] as? [String: Any])?["scaling"] as? [String: Any]
    #expect((scaling?["multipliers"] as? [Int])?.count == 16)
  }
}
