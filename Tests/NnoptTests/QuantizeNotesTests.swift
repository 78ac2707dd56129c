import Foundation
import GraphIR
import ModelFiles
import Testing
import _TestSupport

/// What `nnopt optimize` says beside its result where that is not what TFLM runs, or as it was.
@Suite struct QuantizeNotesTests {
  private func optimize(_ model: Model, _ options: [String], in folder: URL) throws -> Tool.Result {
    let path = folder.appending(path: "model.tflite").path
    try ModelFile.write(model, to: path)
    let output = folder.appending(path: "out.tflite").path
    return try Tool.run(["optimize", path, "-o", output] + options)
  }

  @Test(arguments: ["dynamic", "float16"]) func smallModelsStayAsTheyAre(precision: String) throws {
    try Tool.withFolder { folder in
      var builder = NetBuilder(seed: 1)
      let x = builder.input([1, 4])
      let y = builder.dense(x, to: 3)
      let model = builder.model([y])
      let result = try optimize(model, ["--quantize", precision], in: folder)
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.contains("no operator has float32 weights of"))
      #expect(FileManager.default.fileExists(atPath: folder.appending(path: "out.tflite").path))
    }
  }

  @Test(arguments: [("dynamic", "--quantize int8"), ("float16", "--quantize int8")])
  func whatTFLMRefusesIsSaid(precision: String, remedy: String) throws {
    try Tool.withFolder { folder in
      let output = folder.appending(path: "out.tflite").path
      let arguments = ["optimize", Tool.model("cnn_float32"), "-o", output, "--quantize", precision]
      let result = try Tool.run(arguments)
      #expect(result.status == 0)
      #expect(result.output.contains("TFLM refuses the result") && result.output.contains(remedy))
      #expect(try Tool.run(arguments + ["--board", "esp32"]).status == 2)
      #expect(!(try Tool.run(arguments + ["--runtime", "none"]).output.contains("TFLM refuses")))
    }
  }

  @Test func wideBordersAreSaid() throws {
    try Tool.withFolder { folder in
      var builder = NetBuilder(seed: 1)
      let x = builder.input([1, 6, 6, 2])
      let amounts = builder.integers([0, 0, 1, 1, 1, 1, 0, 0], [4, 2])
      let y = builder.node(
        .mirrorPad, [x, amounts], [1, 8, 8, 2], (.mirrorPad, "MirrorPadOptions", [("mode", 0)]))
      let z = builder.convolution(y, to: 4)
      let model = builder.model([z])
      let result = try optimize(model, ["--quantize", "int16x8"], in: folder)
      #expect(result.status == 2, "\(result.errors)")
      #expect(result.output.contains("MIRROR_PAD"), "\(result.output)")
      let narrow = try optimize(model, ["--quantize", "int8"], in: folder)
      #expect(narrow.status == 0 && !narrow.output.contains("TFLM refuses"), "\(narrow.output)")
    }
  }

  @Test func wideTablesAreSaid() throws {
    try Tool.withFolder { folder in
      var builder = NetBuilder(seed: 1)
      let indices = builder.input([1, 3], .int32)
      let table = builder.floats([4, 4], (0..<16).map { Float($0) - 8 })
      let rows = builder.node(
        .gather, [table, indices], [1, 3, 4], (.gather, "GatherOptions", [("axis", 0)]))
      let y = builder.dense(rows, to: 3)
      let model = builder.model([y])
      let result = try optimize(model, ["--quantize", "int16x8"], in: folder)
      #expect(result.status == 2, "\(result.errors)")
      #expect(result.output.contains("GATHER"), "\(result.output)")
      let narrow = try optimize(model, ["--quantize", "int8"], in: folder)
      #expect(narrow.status == 0 && !narrow.output.contains("TFLM refuses"), "\(narrow.output)")
    }
  }

  @Test func rangesAreChosenByTheAnswers() throws {
    try Tool.withFolder { folder in
      let output = folder.appending(path: "out.tflite").path
      let result = try Tool.run([
        "optimize", Tool.model("cnn_float32"), "-o", output, "--quantize", "int8", "--ranges", "auto",
        "--calibration-samples", "8", "--json",
      ])
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.contains("ranges by "))
    }
  }
}
