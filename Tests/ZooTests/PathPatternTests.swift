import Testing

@testable import Zoo

@Suite struct PathPatternTests {
  @Test(arguments: [
    ("*.tflite", "a.tflite", true), ("*.tflite", "x/a.tflite", false), ("**/*.tflite", "a.tflite", true),
    ("**/*.tflite", "x/y/a.tflite", true), ("speech/**", "speech/x/a.tflite", true),
    ("speech/**", "vision/a.tflite", false), ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true),
    ("a/**/b", "a/x/c", false), ("?.tflite", "ab.tflite", false), ("a*b*c", "aXbYc", true),
    ("a*b*c", "acb", false), ("**", "", true), ("*", "", false),
  ])
  func matches(pattern: String, path: String, expected: Bool) {
    #expect(PathPattern(pattern).matches(path) == expected)
  }

  @Test func manyStarsEndSoon() {
    let pattern = String(repeating: "*a", count: 200)
    #expect(!PathPattern(pattern).matches(String(repeating: "a", count: 199) + "b"))
    #expect(
      !PathPattern(String(repeating: "**/", count: 200) + "x").matches(String(repeating: "a/", count: 200)))
  }
}
