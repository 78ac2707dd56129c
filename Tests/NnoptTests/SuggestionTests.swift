import Testing

@Suite struct SuggestionTests {
  @Test(arguments: [
    (["plam", "x.tflite"], "is 'nnopt plan' meant?"), (["Optimise", "x"], "is 'nnopt optimize' meant?"),
    (["x.tflite"], "a command comes first: nnopt plan x.tflite"),
    (["bord"], "is 'nnopt boards' meant?"),
  ])
  func theNearestCommandIsNamed(arguments: [String], text: String) throws {
    let result = try Tool.run(arguments)
    #expect(result.status == 64 && result.errors.contains(text), "\(result.errors)")
  }

  @Test func nothingIsGuessedFromAfar() throws {
    #expect(try !Tool.run(["frobnicate"]).errors.contains("meant?"))
    #expect(try !Tool.run(["plan", "--bord", "x"]).errors.contains("there is no command"))
  }
}
