import Testing

@testable import Boards

struct EditDistanceTests {
  @Test(arguments: [
    ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abc", 0),
    ("kitten", "sitting", 3), ("esp23", "esp32", 1), ("ab", "ba", 1), ("ca", "abc", 3),
    ("flaw", "lawn", 2), ("\u{E9}", "e", 1),
  ])
  func countsEdits(first: String, second: String, expected: Int) {
    #expect(editDistance(first, second) == expected)
    #expect(editDistance(second, first) == expected)
  }
}
