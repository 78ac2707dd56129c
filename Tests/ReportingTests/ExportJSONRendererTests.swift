import Boards
import Foundation
import Testing

@testable import Reporting

@Suite struct ExportJSONRendererTests {
  @Test func keysAreStable() throws {
    let report = try SampleExports.report(.gelu, board: Board(id: "b", name: "B", sramBytes: 4096))
    let text = try ExportJSONRenderer().render(report)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(
      document.keys.sorted() == [
        "arenaBytes", "board", "document", "files", "folder", "format", "headBytes", "inputs", "kernels",
        "kernelsVersion", "modelBytes", "name", "nnopt", "operators", "outputs", "path", "tailBytes",
        "target",
        "tflmVersion", "unsupportedOperators", "warnings",
      ])
    let warning = try #require((document["warnings"] as? [[String: Any]])?.first)
    #expect(warning.keys.sorted() == ["kind", "more", "place", "problem", "refused", "remedy"])
    #expect(document["unsupportedOperators"] as? [String] == ["GELU"])
    #expect((document["board"] as? [String: Any])?["fits"] as? Bool == true)
  }
}
