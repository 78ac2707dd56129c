import Testing

@testable import Files

@Suite struct ShellWordsTests {
  @Test func quotesWhatAShellWouldRead() {
    #expect(ShellWords.quoted("it's") == "'it'\\''s'")
    #expect(ShellWords.quoted("") == "''")
    #expect(ShellWords.quoted("a/b=c_1.npy") == "a/b=c_1.npy")
    #expect(ShellWords.quoted("$(x)") == "'$(x)'")
  }

  @Test(arguments: [
    ("a  b", ["a", "b"]), ("", []), ("'a b' \"c'd\" e\"f g\"", ["a b", "c'd", "ef g"]), ("''", [""]),
  ])
  func splitsAtSpaces(text: String, words: [String]) { #expect(ShellWords.split(text) == words) }

  @Test func anOpenQuoteIsNoLine() { #expect(ShellWords.split("a 'b") == nil) }
}
