import Testing

@testable import Datasets

@Suite struct NumberTableTests {
  private func table(_ text: String) throws -> NumberTable {
    try NumberTable(Array(text.utf8), file: "x.csv")
  }

  @Test(arguments: ["1,2\n3,4", "1;2\r\n3;4\r\n", "1 2\n3\t4\n", "# note\n\n 1, \"2\" \n3,4\n"])
  func separatorsAndBlankLines(text: String) throws {
    let table = try table(text)
    #expect(table.rows == 2 && table.columns == 2 && table.numbers == [1, 2, 3, 4])
    #expect(table.header == nil && table.array?.shape == [2, 2])
  }

  @Test func aFirstLineOfTextIsTheHeader() throws {
    let table = try table("name,class\n1e-3,-2\n")
    #expect(table.header == ["name", "class"] && table.numbers == [0.001, -2])
  }

  @Test func faultsNameTheLine() {
    func expect(_ text: String, _ reason: String) {
      #expect(throws: DataError.malformed(file: "x.csv", format: "a table of numbers (CSV)", reason: reason))
      {
        try table(text)
      }
    }
    expect("1,2\n3,x\n", "line 2 holds 'x', which is no number")
    expect("1,2\n3,\n", "line 2 holds '', which is no number")
    expect("a,b\nc,d\n", "line 2 holds 'c', which is no number")
    expect("1,2\n\n3\n", "line 3 has 1 numbers, the first 2")
    #expect(throws: DataError.noSamples(file: "x.csv")) { try table("a,b\n\n") }
    #expect(throws: DataError.noSamples(file: "x.csv")) { try table("") }
  }
}
