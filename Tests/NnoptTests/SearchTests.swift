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

  @Test func whatIsThereIsNotMadeAgain() throws {
    try Tool.withFolder { folder in
      let names = ["state.json", "out.tflite", "front"]
      let paths = names.map { folder.appending(path: $0).path }
      let arguments =
        ["optimize", model, "-o", paths[1], "--resume", paths[0], "--front", paths[2], "--max-drop", "100"]
        + (try options(in: folder, budget: 5))
      #expect(try Tool.run(arguments).status == 0)
      let state = try Data(contentsOf: URL(filePath: paths[0]))
      let first = try Data(contentsOf: URL(filePath: paths[1]))
      // A file that somebody changed is made again, and gives the same bytes.
      let member = folder.appending(path: "front/front-01.tflite")
      let kept = try Data(contentsOf: member)
      try Data("x".utf8).write(to: member)
      #expect(try Tool.run(arguments).status == 0)
      #expect(try Data(contentsOf: member) == kept)
      #expect(try Data(contentsOf: URL(filePath: paths[1])) == first)
      #expect(try Data(contentsOf: URL(filePath: paths[0])) == state)
    }
  }

  @Test func aStoppedSearchSaysWhatItKept() throws {
    try Tool.withFolder { folder in
      let state = folder.appending(path: "state.json").path
      let process = Process()
      process.executableURL = try Tool.binary()
      process.arguments =
        ["optimize", model, "--dry-run", "--resume", state] + (try options(in: folder, budget: 90))
      let errors = Pipe()
      process.standardError = errors
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      let start = ContinuousClock.now
      while !FileManager.default.fileExists(atPath: state), ContinuousClock.now - start < .seconds(300) {
        Thread.sleep(forTimeInterval: 0.05)
      }
      process.interrupt()
      let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      process.waitUntilExit()
      #expect(process.terminationStatus == 130, "\(text)")
      #expect(text.contains("nnopt: stopped with") && text.contains("the same command goes on from there"))
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
