import Foundation
import Testing

/// `nnopt optimize --fit`.
@Suite struct FitTests {
  private let model = Tool.model("dscnn_float32")

  /// A table with one board of so much SRAM.
  private func boards(_ bytes: Int, in folder: URL) throws -> [String] {
    let file = folder.appending(path: "boards.csv")
    try Data("id,name,sram_bytes,core\nmine,Mine,\(bytes),Cortex-M4\n".utf8).write(to: file)
    return ["--board", "mine", "--boards", file.path]
  }

  private struct Document: Decodable {
    let fits: Bool
    let result: Attempt?
    let nearest: Attempt?
    let attempts: [Attempt]
    let before: Figures

    struct Attempt: Decodable {
      let options: [String]
      let command: String
      let figures: Figures?
      let missingArenaBytes: Int?
    }

    struct Figures: Decodable {
      let arenaBytes: Int
      let fileBytes: Int
    }
  }

  private func fit(
    _ bytes: Int, _ output: String, _ more: [String] = [], in folder: URL
  ) throws -> (status: Int32, document: Document) {
    let result = try Tool.run(
      ["optimize", model, "-o", output, "--fit", "--json"] + boards(bytes, in: folder) + more)
    #expect([0, 2].contains(result.status), "\(result.errors)")
    return (result.status, try JSONDecoder().decode(Document.self, from: Data(result.output.utf8)))
  }

  @Test func theLeastHarmfulStepThatFitsIsTaken() throws {
    try Tool.withFolder { folder in
      let output = folder.appending(path: "fit.tflite").path
      let data = try Tool.npy([6, 28, 28, 1], in: folder) { Float(($0 * 7919) % 256) / 255 }
      let more = ["--calibrate", data, "--max-drop", "100", "--no-refit"]
      let plain = try fit(1 << 20, output, more, in: folder)
      #expect(plain.status == 0 && plain.document.result?.options == [])
      let planned = try #require(plain.document.result?.figures?.arenaBytes)
      #expect(planned < plain.document.before.arenaBytes)

      let striped = try fit(planned - 1, output, more, in: folder)
      #expect(striped.status == 0 && striped.document.attempts.count == 2)
      #expect(striped.document.result?.options == ["--stripes-fit"])
      let smaller = try #require(striped.document.result?.figures?.arenaBytes)

      let integers = try fit(smaller - 1, output, more, in: folder)
      #expect(integers.status == 0 && integers.document.attempts.count == 3)
      let result = try #require(integers.document.result)
      #expect(result.options == ["--quantize", "int8"])
      #expect(try Data(contentsOf: URL(filePath: output)).count == result.figures?.fileBytes)
      let plan = try Tool.run(["plan", output] + boards(planned - 1, in: folder))
      #expect(plan.status == 0, "\(plan.output)")
    }
  }

  @Test func theNearestMissIsSaidAndNothingIsWritten() throws {
    try Tool.withFolder { folder in
      let output = folder.appending(path: "fit.tflite").path
      let (status, document) = try fit(1024, output, in: folder)
      #expect(status == 2 && !document.fits)
      #expect(!FileManager.default.fileExists(atPath: output))
      let nearest = try #require(document.nearest)
      #expect(nearest.missingArenaBytes == (nearest.figures?.arenaBytes ?? 0) - 1024)
      #expect(nearest.command.hasPrefix("nnopt optimize "))
      let text = try Tool.run(["optimize", model, "-o", output, "--fit"] + boards(1024, in: folder))
      #expect(text.status == 2)
      #expect(
        text.output.contains("does not fit mine") && text.output.contains("give samples with --calibrate"))
    }
  }

  @Test func planNamesTheCommandAndOptimizeTheFit() throws {
    try Tool.withFolder { folder in
      let board = try boards(1024, in: folder)
      let plan = try Tool.run(["plan", model] + board)
      #expect(plan.status == 2)
      #expect(plan.output.contains("-o fit.tflite --fit --board mine"))
      let result = try Tool.run(["optimize", model, "--dry-run"] + board)
      #expect(result.status == 2 && result.output.contains("does not fit mine (Mine)"))
    }
  }

  @Test func theFirstRowIsStock() throws {
    let result = try Tool.run([
      "optimize", Tool.model("randwire_float32"), "--dry-run", "--board", "nucleo-f401re",
    ])
    #expect(result.output.contains("118,096 B") && result.output.contains("80,512 B"), "\(result.output)")
  }

  @Test func usageErrorsExitWith64() throws {
    for extra in [
      [], ["--board", "esp32", "--search", "--data", "x.npy"], ["--board", "esp32", "--quantize", "int8"],
      ["--board", "esp32", "--runtime", "none"], ["--board", "esp32", "--max-drop", "1"],
    ] {
      #expect(try Tool.run(["optimize", model, "--dry-run", "--fit"] + extra).status == 64, "\(extra)")
    }
  }
}
