import Files
import Foundation
import Testing
import _TestSupport

@testable import GraphIR
@testable import ModelFiles

/// What a path can name besides a model.
struct ModelFileTests {
  private func expectError(_ path: String, _ text: String) {
    #expect {
      try ModelFile.read(path: path)
    } throws: { error in
      #expect("\(error)" == "\(path): \(text)")
      return true
    }
  }

  @Test func readsWhatItWrote() throws {
    try TemporaryFolder.with { folder in
      try ModelFile.write(SampleModel.chain(), to: "\(folder)/a.tflite")
      let model = try ModelFile.read(path: "\(folder)/a.tflite")
      #expect(model.graphs[0].nodes.map(\.code.name) == ["CONV_2D", "RELU"])
    }
  }

  @Test func noFile() {
    expectError("/nonexistent/a.tflite", "cannot be read: No such file or directory")
  }

  @Test func directory() throws {
    try TemporaryFolder.with { folder in
      expectError(folder, "cannot be read: it is a directory; name a file")
    }
  }

  @Test func emptyFile() throws {
    try TemporaryFolder.with { folder in
      try AtomicFile.write([], to: "\(folder)/empty")
      expectError(
        "\(folder)/empty", "not a TensorFlow Lite model: it has 0 bytes; the smallest model has more")
    }
  }

  @Test func picture() throws {
    try TemporaryFolder.with { folder in
      let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D]
      try AtomicFile.write(signature, to: "\(folder)/a.png")
      expectError(
        "\(folder)/a.png", "not a TensorFlow Lite model: bytes 4 to 7 are not TFL3; it is a PNG picture")
    }
  }

  @Test func sparseFileOf3GB() throws {
    try TemporaryFolder.with { folder in
      let path = "\(folder)/big.tflite"
      try ModelFile.write(SampleModel.chain(), to: path)
      #expect(unsafe truncate(path, 3 << 30) == 0)
      expectError(
        path, "cannot be read: it has 3221225472 bytes; nnopt reads files of up to 2147483646")
    }
  }

  @Test(.timeLimit(.minutes(1))) func pipe() throws {
    try TemporaryFolder.with { folder in
      #expect(unsafe mkfifo("\(folder)/pipe", 0o600) == 0)
      expectError(
        "\(folder)/pipe", "cannot be read: it is no regular file; save it to one first")
    }
  }

  @Test(.enabled(if: geteuid() != 0, "the superuser may read everything"))
  func unreadableFile() throws {
    try TemporaryFolder.with { folder in
      try AtomicFile.write([1], to: "\(folder)/a")
      #expect(unsafe chmod("\(folder)/a", 0) == 0)
      expectError("\(folder)/a", "cannot be read: Permission denied")
    }
  }

  @Test func hostileNamesAreMadeHarmless() throws {
    var model = SampleModel.chain()
    model.graphs[0].values[3].name = "\u{1B}[2J" + String(repeating: "x", count: 100)
    let bytes = try RawModel.bytes(of: model) { $0.editTensor(3) { $0["type"] = .integer(99) } }
    #expect {
      try ModelFile.parse(bytes, name: "a")
    } throws: { error in
      "\(error)".hasPrefix("a: subgraph 0, tensor 3 (?[2J\(String(repeating: "x", count: 76))…): element")
    }
  }

  @Test func brokenModelsAreNotWritten() throws {
    var model = SampleModel.chain()
    model.graphs[0].nodes.swapAt(0, 1)
    try TemporaryFolder.with { folder in
      #expect {
        try ModelFile.write(model, to: "\(folder)/a")
      } throws: { error in
        "\(error)"
          == "\(folder)/a: cannot be written: subgraph 0, operator 0 (RELU): reads tensor 3, which the"
          + " later operator 1 writes"
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(names == [])
    }
  }

  @Test(arguments: [
    (Record("NoOptions"), UInt8(1), "NoOptions is not member 1 of BuiltinOptions"),
    (Record("Conv2DOptions"), 2, "Conv2DOptions is not member 2 of BuiltinOptions"),
    (
      Record("Conv2DOptions", [Record.Field(name: "pad", value: .integer(1))]), 1,
      "Conv2DOptions has no field pad"
    ),
    (
      Record("Conv2DOptions", [Record.Field(name: "padding", value: .integer(200))]), 1,
      "the value of Conv2DOptions.padding has the wrong type or range"
    ),
  ])
  func recordsThatDoNotFitTheSchema(record: Record, code: UInt8, problem: String) throws {
    var model = SampleModel.chain()
    model.graphs[0].nodes[0].options = Node.Options(code: code, record: record)
    #expect {
      try ModelFile.serialize(model)
    } throws: { error in
      #expect("\(error)" == "the model: cannot be written: subgraph 0, operator 0 (CONV_2D): \(problem)")
      return true
    }
  }
}
