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
    #expect(try Tool.run(["inspect", Tool.model("cnn_int8"), "--json"]).output.hasPrefix("{"))
  }
}
