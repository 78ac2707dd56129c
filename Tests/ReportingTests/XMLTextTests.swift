import Testing

@testable import Reporting

@Suite struct XMLTextTests {
  @Test func escapesMarkup() {
    #expect(XMLText.escaped("a<b>&\"c'") == "a&lt;b&gt;&amp;&quot;c&#39;")
    #expect(XMLText.escaped("größe 1×2") == "größe 1×2")
  }

  @Test func escapesMarkupUnderCombiningMarks() {
    #expect(XMLText.escaped("<\u{301}&\u{338}") == "&lt;\u{301}&amp;\u{338}")
  }

  @Test func replacesWhatXMLForbids() {
    #expect(XMLText.escaped("\0\u{B}\u{FFFE}\n") == String(repeating: "\u{FFFD}", count: 4))
  }
}
