import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct FoldConstantsTests {
  @Test func constantSubgraphIsComputed() throws {
    let sketch = Sketch()
    let x = sketch.input([2, 3])
    let sum = sketch.node(
      .add, [sketch.random([3]), sketch.random([3])], [3], options: .add())
    let root = sketch.node(.square, [sum], [3])
    let y = sketch.node(.mul, [x, root], [2, 3], options: .mul())
    try RuleRun(FoldConstants(), sketch.model(y)).expect(["MUL"])
  }

  /// Half-precision weights, 64 of them.
  private func unpacked(_ rule: FoldConstants) throws -> RuleRun {
    let sketch = Sketch()
    let x = sketch.input([1, 8])
    let packed = sketch.constant([8, 8], .float16, (0..<128).map { $0 % 2 == 0 ? UInt8($0) : 0x38 })
    let weights = sketch.node(.dequantize, [packed], [8, 8])
    let y = sketch.node(.fullyConnected, [x, weights, nil], [1, 8], options: .fullyConnected())
    return try RuleRun(rule, sketch.model(y))
  }

  @Test func largerResultsStayComputed() throws {
    try unpacked(FoldConstants()).expectRefusal(
      "its result of 256 bytes would make the file 128 bytes larger")
  }

  @Test func largerResultsAreStoredWhereAsked() throws {
    try unpacked(FoldConstants(unpacksWeights: true)).expect(["FULLY_CONNECTED"])
  }

  @Test func outputsAreWrittenByAnOperator() throws {
    let sketch = Sketch()
    let x = sketch.input([2])
    let constant = sketch.node(.square, [sketch.random([2])], [2])
    let y = sketch.node(.mul, [x, constant], [2], options: .mul())
    try RuleRun(FoldConstants(), sketch.model(y, constant))
      .expectRefusal("its result is an output of the model, which an operator must write")
  }

  @Test func whatNoKernelTakesStays() throws {
    let sketch = Sketch()
    let x = sketch.input([2])
    let wrong = sketch.node(.add, [sketch.random([2]), sketch.random([3])], [2], options: .add())
    let y = sketch.node(.mul, [x, wrong], [2], options: .mul())
    let refusals = try RuleRun(FoldConstants(), sketch.model(y)).refusals
    #expect(refusals.contains { $0.hasPrefix("nnopt cannot compute it: operator 0 (ADD): ") }, "\(refusals)")
  }
}
