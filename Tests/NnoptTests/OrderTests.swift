import Foundation
import Testing

@Suite struct OrderTests {
  /// Two branches of one step each: the large result before the small one needs 24 bytes, after it 28.
  private let problem = """
    kind,index,bytes,producer,steps,kept
    step,0,0,,,
    step,1,16,,,
    step,2,0,,,
    buffer,0,4,,0 1,
    buffer,1,8,0,2,
    buffer,2,4,1,2,
    buffer,3,2,2,,1

    """

  private func run(_ arguments: [String], _ body: (Tool.Result) throws -> Void) throws {
    try Tool.withFolder { folder in
      let file = folder.appending(path: "steps.csv")
      try Data(problem.utf8).write(to: file)
      try body(try Tool.run(["order", file.path] + arguments))
    }
  }

  @Test func theBestOrderIsProved() throws {
    try run([]) { result in
      #expect(result.status == 0)
      #expect(result.output == "position,step,live\n0,1,24\n1,0,16\n2,2,14\n")
      #expect(result.errors.contains("3 steps with a peak of 24 bytes (proved: no order has less"))
    }
  }

  @Test func anOrderIsGivenByName() throws {
    try run(["--by", "file"]) { result in
      #expect(result.output == "position,step,live\n0,0,12\n1,1,32\n2,2,14\n")
      #expect(!result.errors.contains("no order"))
    }
  }

  @Test func tooLittleMemoryExitsWithTwo() throws {
    try run(["--capacity", "23"]) { result in
      #expect(result.status == 2)
      #expect(result.errors.contains("no order fits: requested 24, available 23, missing 1 bytes"))
    }
  }

  @Test func jsonHasTheProof() throws {
    try run(["--json"]) { result in
      let document = try #require(
        JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
      #expect(document["proved"] as? Bool == true)
      #expect(document["peakBytes"] as? Int == 24)
    }
  }

  /// Models and arrays in the place of a table are named, with the command that writes the table.
  @Test func modelsAreNoTables() throws {
    let model = Tool.model("cnn_int8")
    for (arguments, option) in [(["order", model], "--steps"), (["place", model], "--buffers")] {
      let result = try Tool.run(arguments)
      #expect(result.status == 1)
      #expect(result.errors.contains("it is a TensorFlow Lite model; 'nnopt plan MODEL \(option) FILE'"))
    }
    let given = try Tool.run(["plan", model, "--order-file", model])
    #expect(given.status == 1)
    #expect(given.errors.contains("a list of its operators' numbers"))
    try Tool.withFolder { folder in
      let array = folder.appending(path: "x.npy").path
      try Data([0x93] + [UInt8]("NUMPY".utf8) + [1, 0]).write(to: URL(fileURLWithPath: array))
      #expect(try Tool.run(["order", array]).errors.contains("it is a NumPy array"))
    }
  }

  @Test(arguments: ["randwire_int8", "streaming_float32"])
  func whatPlanWritesHasThePlansPeak(name: String) throws {
    try Tool.withFolder { folder in
      let steps = folder.appending(path: "steps.csv").path
      let planned = try Tool.run(["plan", Tool.model(name), "--steps", steps, "--json"])
      let ordered = try Tool.run(["order", steps, "--json"])
      let peaks = try [planned.output, ordered.output].map { text in
        try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
      }
      let models = try #require(peaks[0]["models"] as? [[String: Any]])
      let plan = try #require(models[0]["plan"] as? [String: Any])
      #expect(peaks[1]["peakBytes"] as? Int == plan["peakBytes"] as? Int)
    }
  }
}
