import Testing
import Workflows

@testable import Reporting

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct JSONTextTests {
  @Test func invisibleCharactersAreEscapedAndComeBack() throws {
    let names = [SampleReports.hostileName, "\u{9B}31m", "\u{E0041}", "größe ×"]
    let text = try JSONText.encoded(["names": names], as: "x")
    #expect(!SampleReports.hasControls(text))
    #expect(text.contains("\\u202E") && text.contains("\\u009B31m") && text.contains("\\uDB40\\uDC41"))
    #expect(text.contains("größe ×"))
    struct Names: Decodable { let names: [String] }
    #expect(try JSONDecoder().decode(Names.self, from: Data(text.utf8)).names == names)
  }

  @Test func keysAreSortedAndSlashesStay() throws {
    let lines = [
      "{", "  \"a\" : \"z\",", "  \"b\" : \"x/y\",", "  \"document\" : \"x\",",
      "  \"nnopt\" : \"\(ToolVersion.text)\"", "}",
    ]
    #expect(try JSONText.encoded(["b": "x/y", "a": "z"], as: "x") == lines.joined(separator: "\n"))
  }
}
