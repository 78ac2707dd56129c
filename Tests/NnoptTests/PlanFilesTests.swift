import Foundation
import Testing

/// The files beside a model that `nnopt plan` reads and writes.
@Suite struct PlanFilesTests {
  private let model = Tool.model("randwire_int8")

  private func write(_ text: String, _ name: String, in folder: URL) throws -> String {
    let file = folder.appending(path: name)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  @Test func buffersArePlacedAgainInTheSameArena() throws {
    try Tool.withFolder { folder in
      let csv = folder.appending(path: "buffers.csv").path
      let plan = try Tool.run(["plan", model, "--runtime", "none", "--buffers", csv, "--json"])
      #expect(plan.status == 0, "\(plan.errors)")
      let arena = try #require(
        try JSONSerialization.jsonObject(with: Data(plan.output.utf8)) as? [String: Any])
      let entry = (arena["models"] as? [[String: Any]])?.first?["plan"] as? [String: Any]
      let bytes = try #require(entry?["arenaBytes"] as? Int)
      let placed = try Tool.run(["place", csv, "--json", "--capacity", "\(bytes)"])
      #expect(placed.status == 0, "\(placed.errors)")
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(placed.output.utf8)) as? [String: Any])
      #expect(document["arenaBytes"] as? Int == bytes && document["fits"] as? Bool == true)
      #expect(document["document"] as? String == "nnopt-place-1")
    }
  }

  @Test func anOrderOfOnesOwnIsPlanned() throws {
    try Tool.withFolder { folder in
      let inspect = try Tool.run(["inspect", model, "--json"])
      let document = try JSONSerialization.jsonObject(with: Data(inspect.output.utf8)) as? [String: Any]
      let operators = (document?["graphs"] as? [[String: Any]])?.first?["operators"] as? [Any]
      let count = try #require(operators?.count)
      let file = try write((0..<count).map(String.init).joined(separator: "\n"), "order.txt", in: folder)
      let own = try Tool.run(["plan", model, "--order-file", file, "--format", "csv"])
      let named = try Tool.run(["plan", model, "--order", "file", "--format", "csv"])
      #expect(own.status == 0 && own.output == named.output)
      let reversed = try write(
        (0..<count).reversed().map(String.init).joined(separator: " "), "r.txt", in: folder)
      let refused = try Tool.run(["plan", model, "--order-file", reversed])
      #expect(refused.status == 1 && refused.errors.contains("which it waits for"), "\(refused.errors)")
    }
  }

  @Test func theyAreForOneModel() throws {
    for option in ["--buffers", "--order-file"] {
      #expect(try Tool.run(["plan", model, model, option, "x"]).status == 64)
    }
    #expect(try Tool.run(["plan", model, "--order-file", "x", "--order", "greedy"]).status == 64)
  }
}
