import Testing

@testable import Boards

struct CSVReaderTests {
  @Test(arguments: [
    ("a\n\"x\ny", "2:1: the quote opened here is never closed; end the field with a quote"),
    ("a,\"", "1:3: the quote opened here is never closed; end the field with a quote"),
    (
      "a,b\n1,x\"y\n",
      "2:4: a quote inside a field; enclose the whole field in quotes and double the quotes in it"
    ),
    (
      "a,b\n \"x\",y\n",
      "2:2: a quote inside a field; enclose the whole field in quotes and double the quotes in it"
    ),
    (
      "a,b\n\"x\" ,y\n",
      "2:4: text behind a closing quote; put a comma there, or double the quotes inside the field"
    ),
    (
      "a,b\n\"l\nm\"x,y\n",
      "3:3: text behind a closing quote; put a comma there, or double the quotes inside the field"
    ),
  ])
  func pointsAtAWrongQuote(text: String, message: String) {
    var reader = CSVReader(text)
    let error = #expect(throws: CSVError.self) { try reader.readRecords() }
    #expect(error?.description == message)
  }

  @Test func readsNothingFromNothing() throws {
    var empty = CSVReader("")
    #expect(try empty.readRecords().isEmpty)
    var mark = CSVReader("\u{FEFF}")
    #expect(try mark.readRecords().isEmpty)
  }

  @Test func keepsEveryByteBetweenQuotes() throws {
    var reader = CSVReader("\"\r\n,\u{E9}\"\"\u{FEFF}\"")
    #expect(try reader.readRecords().map { $0.map(\.text) } == [["\r\n,\u{E9}\"\u{FEFF}"]])
  }

  @Test func everyPrefixIsReadOrRefused() {
    let text = "a,\"b\nc\",\"d\"\"e\"\r\nf,\"g\",h"
    var readable = 0
    for end in text.unicodeScalars.indices {
      var reader = CSVReader(String(text.unicodeScalars[..<end]))
      if (try? reader.readRecords()) != nil { readable += 1 }
    }
    #expect(readable == 13)
  }
}
