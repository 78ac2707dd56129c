import Testing

@testable import Reporting

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct JSONTextTests {
  @Test func invisibleCharactersAreEscapedAndComeBack() throws {
    let names = [SampleReports.hostileName, "\u{9B}31m", "\u{E0041}", "größe ×"]
    let text = try JSONText.encoded(names)
    #expect(!SampleReports.hasControls(text))
    #expect(text.contains("\\u202E") && text.contains("\\u009B31m") && text.contains("\\uDB40\\uDC41"))
    #expect(text.contains("größe ×"))
    #expect(try JSONDecoder().decode([String].self, from: Data(text.utf8)) == names)
  }

  @Test func keysAreSortedAndSlashesStay() throws {
    #expect(try JSONText.encoded(["b": "x/y", "a": "z"]) == "{\n  \"a\" : \"z\",\n  \"b\" : \"x/y\"\n}")
  }
}
