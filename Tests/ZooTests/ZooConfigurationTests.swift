import Testing

@testable import Zoo

@Suite struct ZooConfigurationTests {
  private func configuration(_ text: String) throws(ZooError) -> ZooConfiguration {
    try ZooConfiguration(csv: Array(text.utf8), name: "zoo.csv")
  }

  @Test func theFirstRowThatMatchesCounts() throws {
    let table = try configuration(
      """
      path,options
      speech/**,"--quantize int8 --calibrate 'my data/x.npy'"
      **,--strip
      """)
    #expect(
      table.options(for: "speech/a/b.tflite") == ["--quantize", "int8", "--calibrate", "my data/x.npy"])
    #expect(table.options(for: "vision/b.tflite") == ["--strip"])
    #expect(table.all.map(\.place) == ["zoo.csv:2", "zoo.csv:3"])
  }

  @Test func withoutARowThereAreNoOptions() throws {
    #expect(try configuration("path,options\na/*,--strip\n").options(for: "b/x.tflite") == nil)
    #expect(ZooConfiguration().options(for: "x") == nil)
  }

  @Test(arguments: [
    ("path\n*\n", 1, "the columns path and options are needed"),
    ("path,options,other\n", 1, "there is no column 'other', only path and options"),
    ("path,options\na,--data 'x\n", 2, "a quote does not end"),
  ])
  func wrongTablesAreRefused(text: String, line: Int, reason: String) {
    #expect(throws: ZooError.configuration(file: "zoo.csv", line: line, reason: reason)) {
      try configuration(text)
    }
  }
}
