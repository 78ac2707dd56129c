import Foundation
import Testing

@Suite struct StripesTests {
  private func entry(_ arguments: [String]) throws -> [String: Any] {
    let text = try Tool.run(["plan"] + arguments + ["--json", "--kernels", "reference"]).output
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return try #require((document?["models"] as? [[String: Any]])?.first)
  }

  /// A striped file is compared with the file that it was made of, gives its answers, and is left alone the next time.
  @Test func aStripedFileTakesLessThanThePlannedOne() throws {
    try Tool.withFolder { folder in
      let striped = folder.appending(path: "striped.tflite").path
      let before = try entry([Tool.model("cnn_int8")])
      let after = try entry([Tool.model("cnn_int8"), "--stripes", "--output", striped])
      let runtimes = try [before, after].map { try #require($0["tflm32"] as? [String: Any]) }
      #expect(runtimes[0]["stockHeadBytes"] as? Int == runtimes[1]["stockHeadBytes"] as? Int)
      let heads = try runtimes.map { try #require($0["headBytes"] as? Int) }
      #expect(heads[1] * 2 < heads[0])
      #expect(try Tool.run(["check", Tool.model("cnn_int8"), striped]).output.contains("100"))
      let again = try #require(try entry([striped, "--stripes"])["stripes"] as? [String: Any])
      #expect((again["reason"] as? String)?.contains("already") == true)
    }
  }

  @Test func theLeastWorkThatFitsIsTaken() throws {
    let all = try #require(try entry([Tool.model("cnn_int8"), "--stripes"])["stripes"] as? [String: Any])
    let tried = try #require(all["tried"] as? [[String: Any]])
    let arenas = tried.compactMap { $0["arenaBytes"] as? Int }
    let limit = try #require(arenas.max())
    let fitting = try #require(
      try entry([Tool.model("cnn_int8"), "--stripes", "fit", "--fail-over", "\(limit)"])["stripes"]
        as? [String: Any])
    let least = tried.filter { ($0["arenaBytes"] as? Int ?? .max) <= limit }
      .compactMap { $0["extraMacs"] as? Int }.min()
    #expect(fitting["extraMacs"] as? Int == least)
    #expect(try #require(fitting["arenaBytes"] as? Int) <= limit)
  }
}
