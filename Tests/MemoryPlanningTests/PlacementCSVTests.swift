import Testing

@testable import MemoryPlanning

@Suite struct PlacementCSVTests {
  @Test func readsMinimallocsForm() throws {
    let named = try NamedPlacementProblem(csv: "id,lower,upper,size\r\nb1,0,3,4\r\nb2,3,9,4\r\n")
    #expect(named.names == ["b1", "b2"])
    #expect(
      named.problem.buffers == [.init(size: 4, lower: 0, upper: 3), .init(size: 4, lower: 3, upper: 9)])
    let solution = named.problem.optimizedPlacement().placement
    #expect(named.csv(with: solution) == "id,lower,upper,size,offset\nb1,0,3,4,0\nb2,3,9,4,0\n")
  }

  @Test func roundTripKeepsAlignmentAndFixedOffsets() throws {
    let text = "id,lower,upper,size,alignment,offset\na,0,3,4,16,\nb,1,9,4,1,7\n"
    let named = try NamedPlacementProblem(csv: text)
    #expect(named.csv() == text)
    #expect(try NamedPlacementProblem(csv: named.csv()) == named)
  }

  @Test func quotedCellsAreReadAndWritten() throws {
    let named = try NamedPlacementProblem(
      csv: "\"size\",note,upper,\"id\",lower\r\n\"4\",\"x, y\",3,\"a,\"\"1\"\"\",0\r\n")
    #expect(named.names == ["a,\"1\""])
    #expect(named.problem.buffers == [.init(size: 4, lower: 0, upper: 3)])
    #expect(named.csv() == "id,lower,upper,size\n\"a,\"\"1\"\"\",0,3,4\n")
    #expect(try NamedPlacementProblem(csv: named.csv()) == named)
  }

  @Test(arguments: [
    ("", "line 1: column 'id' is missing"),
    ("id,lower,upper\n", "line 1: column 'size' is missing"),
    ("id,lower,upper,size,id\n", "line 1: column 'id' appears twice"),
    ("id,lower,upper,size\na,0,1\n", "line 2: 3 cells under 4 columns"),
    ("id,lower,upper,size\na,0,1,big\n", "line 2: 'big' under 'size' is not a whole number"),
    ("id,lower,upper,size\na,0,,4\n", "line 2: 'upper' is empty"),
    ("id,lower,upper,size\na,0,1,2\nb,5,5,2\n", "line 3: the buffer is never live"),
    (
      "id,lower,upper,size\n\u{1B}[31ma,0,1,2\n",
      "line 2: there is the invisible character U+1B; remove it"
    ),
    ("id,lower,upper,size\n\"a,0,1,2\n", "line 2: a quote is not closed"),
    ("no table\nbut text, more\n", "line 1: column 'id' is missing"),
    (
      "id,lower,upper,size,offset\na,0,5,10,0\nb,2,6,10,5\n",
      "line 3: 'b' and 'a' (line 2) are live together and their fixed offsets overlap"
    ),
  ])
  func errorsNameTheLine(text: String, message: String) {
    #expect { try NamedPlacementProblem(csv: text) } throws: { "\($0)".hasPrefix(message) }
  }
}
