import Foundation
import Testing

@Suite struct RunTests {
  private let model = Tool.model("cnn_int8")

  @Test func outputIsStackedAndDoesNotDependOnThreads() throws {
    try Tool.withFolder { folder in
      let outputs = try [1, 2].map { threads in
        let path = folder.appending(path: "y\(threads).npy")
        let result = try Tool.run(
          ["run", model, "--samples", "6", "--threads", "\(threads)", "--output", path.path])
        #expect(result.status == 0)
        return try Data(contentsOf: path)
      }
      #expect(outputs[0] == outputs[1])
      #expect(String(decoding: outputs[0].prefix(128), as: UTF8.self).contains("'shape': (6, 1, 10)"))
    }
  }

  @Test(arguments: ["randwire_int8", "streaming_float32", "while_float32", "densenet_int8", "inception_int8"])
  func plannedArenaGivesTheSameAnswers(name: String) throws {
    try Tool.withFolder { folder in
      let paths = ["separate", "planned"].map { folder.appending(path: "\($0).npy").path }
      #expect(try Tool.run(["run", Tool.model(name), "--samples", "4", "--output", paths[0]]).status == 0)
      let planned = try Tool.run(
        ["run", Tool.model(name), "--samples", "4", "--output", paths[1], "--planned"])
      #expect(planned.status == 0)
      #expect(FileManager.default.contentsEqual(atPath: paths[0], andPath: paths[1]))
    }
  }

  @Test func timingNamesEveryOperator() throws {
    let result = try Tool.run(["run", model, "--samples", "1", "--timing"])
    #expect(result.output.contains("Time by operator"))
    #expect(result.output.contains("FULLY_CONNECTED"))
  }

  @Test func wrongDataNameTheFileAndWhatWasExpected() throws {
    try Tool.withFolder { folder in
      let file = folder.appending(path: "x.npy")
      var bytes = Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0])
      let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 5), }"
      bytes.append(
        contentsOf: Array(header.utf8) + [UInt8](repeating: 32, count: 117 - header.utf8.count) + [10])
      bytes.append(Data(count: 40))
      try bytes.write(to: file)
      let result = try Tool.run(["run", model, "--input", file.path])
      #expect(result.status == 1)
      #expect(result.errors.contains(file.path))
      #expect(result.errors.contains("takes N×28×28×1, the data are 2×5"))
    }
  }

  @Test func usageErrorsExitWith64() throws {
    #expect(try Tool.run(["run", model, "--samples", "0"]).status == 64)
    #expect(try Tool.run(["run", model, "--output", "nosuch=y.npy"]).status == 64)
  }
}
