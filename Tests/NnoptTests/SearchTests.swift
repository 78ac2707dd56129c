import Foundation
import Testing

@Suite struct SearchTests {
  private let model = Tool.model("dscnn_float32")

  /// Options of a quick search: few samples, no refit.
  private func options(in folder: URL, budget: Int = 9) throws -> [String] {
    let data = try Tool.npy([6, 28, 28, 1], in: folder) { Float(($0 * 7919) % 256) / 255 }
    let labels = folder.appending(path: "labels.csv")
    try Data("3\n1\n2\n3\n0\n7\n".utf8).write(to: labels)
    return [
      "--search", "--data", data, "--labels", labels.path, "--calibrate", data, "--no-refit",
      "--calibration-samples", "2", "--search-budget", "\(budget)",
    ]
  }

  private struct Document: Decodable {
    let front: [Candidate]
    let measured: [Candidate]
    let best: [String: Candidate]

    struct Candidate: Decodable {
      let options: [String]
      let command: String
      let fileBytes: Int
      let top1: Double
    }
  }

  private func document(_ result: Tool.Result) throws -> Document {
    #expect(result.status == 0, "\(result.errors)")
    return try JSONDecoder().decode(Document.self, from: Data(result.output.utf8))
  }

  @Test func printedCommandMakesTheSameFileAtAnyThreadCount() throws {
    try Tool.withFolder { folder in
      let options = try options(in: folder)
      let files = ["1", "2"].map { folder.appending(path: "\($0).tflite").path }
      let front = folder.appending(path: "front")
      var documents: [Document] = []
      for (file, threads) in zip(files, ["1", "2"]) {
        let result = try Tool.run(
          ["optimize", model, "-o", file, "--json", "--threads", threads, "--max-drop", "100"]
            + ["--front", front.path] + options)
        #expect(result.errors.contains("9 of 9 sequences measured"))
        documents.append(try document(result))
      }
      let written = try Data(contentsOf: URL(filePath: files[0]))
      #expect(try written == Data(contentsOf: URL(filePath: files[1])))
      #expect(documents[0].measured.map(\.options) == documents[1].measured.map(\.options))
      #expect(documents[0].measured.map(\.top1) == documents[1].measured.map(\.top1))
      let members = try FileManager.default.contentsOfDirectory(atPath: front.path).sorted().map {
        try Data(contentsOf: front.appending(path: $0)).count
      }
      #expect(members == documents[0].front.map(\.fileBytes))
      let best = try #require(documents[0].best["size"])
      #expect(best.fileBytes == written.count)
      #expect(best.options.contains { ["--prune", "--decompose"].contains($0) })
      var words = best.command.split(separator: " ").map(String.init)
      #expect(words.removeFirst() == "nnopt")
      let again = folder.appending(path: "again.tflite")
      let output = try #require(words.firstIndex(of: "-o"))
      words[output + 1] = again.path
      let result = try Tool.run(words)
      #expect(result.status == 0, "\(result.errors)")
      #expect(try Data(contentsOf: again) == written)
    }
  }

  @Test func searchGoesOnWhereItStopped() throws {
    try Tool.withFolder { folder in
      let whole = try document(
        Tool.run(["optimize", model, "--dry-run", "--json"] + options(in: folder, budget: 7)))
      let state = folder.appending(path: "state.json").path
      let picture = folder.appending(path: "front.svg")
      for budget in [6, 7] {
        let arguments = ["optimize", model, "--dry-run", "--json", "--resume", state, "--svg", picture.path]
        let found = try document(Tool.run(arguments + options(in: folder, budget: budget)))
        #expect(found.measured.count == budget)
        #expect(
          found.measured.map(\.fileBytes) == whole.measured.prefix(budget).map(\.fileBytes))
      }
      #expect(try String(contentsOf: picture, encoding: .utf8).hasPrefix("<svg "))
      let other = try Tool.run(
        ["optimize", model, "--dry-run", "--resume", state, "--seed", "2"] + options(in: folder))
      #expect(other.status == 1)
      #expect(other.errors.contains("belongs to a search with another model"))
      try Data("{".utf8).write(to: URL(filePath: state))
      let damaged = try Tool.run(
        ["optimize", model, "--dry-run", "--resume", state] + options(in: folder))
      #expect(damaged.status == 1)
      #expect(damaged.errors.contains("is not the state of a search"))
    }
  }

  @Test func dataAreNeeded() throws {
    let result = try Tool.run(["optimize", model, "--dry-run", "--search"])
    #expect(result.status == 1)
    #expect(result.errors.contains("--data"))
  }

  @Test func usageErrorsExitWith64() throws {
    for extra in [
      ["--prune", "channels:10%"], ["--quantize", "int8"], ["--decompose", "macs"], ["--stop-after", "1"],
      ["--per-channel-dense"], ["--ranges", "best"], ["--prune-first"], ["--no-equalization"],
      ["--rounding", "adaptive", "--quantize", "int8"],
      ["--search-budget", "0"], ["--prefer", "beauty"],
    ] {
      #expect(
        try Tool.run(["optimize", model, "--dry-run", "--search", "--data", "x.npy"] + extra).status == 64,
        "\(extra)")
    }
    for extra in [
      ["--search-budget", "5"], ["--resume", "x"], ["--front", "x"], ["--prefer", "size"],
      ["--svg", "x.svg"],
    ] {
      #expect(try Tool.run(["optimize", model, "--dry-run"] + extra).status == 64, "\(extra)")
    }
    for setting in ["macs:0%", "macs:3", "weights", "bytes:1%:2%"] {
      #expect(try Tool.run(["optimize", model, "--dry-run", "--decompose", setting]).status == 64)
    }
  }
}
