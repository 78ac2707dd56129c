import Foundation
import Testing
import _TestSupport

/// What commands print with `--json` has the forms that `Documentation/Schemas` describes.
@Suite struct SchemaTests {
  private func expectForm(of document: String, _ arguments: [String], status: Int32 = 0) throws {
    let result = try Tool.run(arguments)
    #expect(result.status == status, "\(arguments): \(result.errors)")
    let schema = try JSONSchema(of: document)
    for text in document == "zoo-row"
      ? result.output.split(separator: "\n").map(String.init) : [result.output]
    {
      let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
      #expect(schema.problems(in: value) == [], "\(arguments)")
    }
  }

  @Test func documentsOfReadingCommands() throws {
    let (model, other) = (Tool.model("cnn_int8"), Tool.model("dscnn_int8"))
    try expectForm(of: "plan", ["plan", model, other, "--board", "nano33ble", "--stripes", "--json"])
    try expectForm(of: "plan", ["plan", model, "--regions", "sram=16K,psram=1M", "--json"])
    try expectForm(of: "inspect", ["inspect", model, "--json"])
    try expectForm(of: "inspect", ["inspect", Tool.model("streaming_float32"), "--lowered", "--json"])
    try expectForm(of: "run", ["run", model, "--samples", "2", "--timing", "--json"])
    try expectForm(of: "check", ["check", model, model, "--samples", "2", "--layer-samples", "1", "--json"])
    try expectForm(of: "diff", ["diff", model, other, "--json"])
    try expectForm(of: "boards", ["boards", "--json"])
  }

  @Test func documentsOfWritingCommands() throws {
    try Tool.withFolder { folder in
      let (model, out) = (Tool.model("cnn_int8"), folder.appending(path: "o.tflite").path)
      try expectForm(
        of: "optimize", ["optimize", model, "--dry-run", "--stripes", "--board", "nano33ble", "--json"])
      try expectForm(of: "fit", ["optimize", model, "--dry-run", "--fit", "--board", "esp32", "--json"])
      try expectForm(
        of: "fit", ["optimize", model, "--dry-run", "--fit", "--board", "atmega328p", "--json"], status: 2)
      try expectForm(
        of: "export", ["export", model, "--to", folder.appending(path: "arduino").path, "--json"])
      let buffers = folder.appending(path: "buffers.csv").path
      #expect(try Tool.run(["plan", model, "--buffers", buffers, "--output", out]).status == 0)
      try expectForm(of: "place", ["place", buffers, "--capacity", "64K", "--json"])
      let steps = folder.appending(path: "steps.csv").path
      #expect(try Tool.run(["plan", model, "--steps", steps]).status == 0)
      try expectForm(of: "order", ["order", steps, "--json"])
    }
  }

  @Test func documentsOfASearchAndAZoo() throws {
    try Tool.withFolder { folder in
      let data = try Tool.npy([4, 28, 28, 1], in: folder) { Float(($0 * 7919) % 256) / 255 }
      try expectForm(
        of: "search",
        [
          "optimize", Tool.model("dscnn_float32"), "--dry-run", "--search", "--data", data, "--calibrate",
          data,
          "--no-refit", "--calibration-samples", "2", "--search-budget", "3", "--json",
        ])
      let zoo = folder.appending(path: "zoo").path
      let models = folder.appending(path: "models")
      try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: Tool.model("cnn_int8"), toPath: models.appending(path: "a.tflite").path)
      try Data("no model".utf8).write(to: models.appending(path: "b.tflite"))
      _ = try Tool.run(["zoo", "run", models.path, "--out", zoo, "--board", "esp32"])
      try expectForm(of: "zoo-row", ["zoo", "report", zoo, "--format", "jsonl"])
    }
  }
}
