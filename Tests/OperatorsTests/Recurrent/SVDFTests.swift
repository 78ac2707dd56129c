import Operators
import Tensors
import Testing

@Suite struct SVDFTests {
  private func fixture(
    _ type: ElementType = .float32, weights: ElementType = .float32, time: ElementType = .float32,
    state: ElementType = .float32, isVariable: Bool = true, filters: Int32 = 4, stateCount: Int32 = 12,
    output: [Int32] = [1, 2]
  ) -> RecurrentFixture {
    var fixture = RecurrentFixture()
    fixture.input([1, 5], type)
    fixture.input([filters, 5], weights)
    fixture.input([filters, 3], time)
    fixture.inputs.append(nil)
    fixture.input([1, stateCount], state, isVariable: isVariable)
    fixture.output(output, type)
    return fixture
  }

  @Test func fittingOperandsAreTaken() {
    #expect(fixture().refusal(SVDF.self, [("rank", 2)]) == nil)
    let integer = fixture(.int8, weights: .int8, time: .int16, state: .int16)
    #expect(integer.refusal(SVDF.self, [("rank", 2)]) == nil)
    #expect(fixture(weights: .int8, time: .int8).refusal(SVDF.self, [("rank", 2)]) == nil)
  }

  @Test func ranksMustDivideTheFilters() {
    #expect(fixture().refusal(SVDF.self) == .invalidShape("4 filters do not divide by rank 0"))
    #expect(
      fixture().refusal(SVDF.self, [("rank", 3)]) == .invalidShape("4 filters do not divide by rank 3"))
  }

  @Test func shapesMustFit() {
    #expect(
      fixture(stateCount: 11).refusal(SVDF.self, [("rank", 2)])
        == .invalidShape("input 4 is 1×11, expected 12 elements"))
    #expect(
      fixture(output: [1, 4]).refusal(SVDF.self, [("rank", 2)])?.description
        == "output 0 is 1×4, expected 1×2")
    #expect(
      fixture(filters: 0, stateCount: 0, output: [1, 0]).refusal(SVDF.self, [("rank", 1)])
        == .invalidShape("input 0 is 1×5 and input 2 0×3, neither may be empty"))
  }

  @Test func typesMustFit() {
    #expect(
      fixture(.int16).refusal(SVDF.self, [("rank", 2)])
        == .unsupportedType(
          "input 0 is int16 and input 1 float32; SVDF takes float32, int8, and float32 with int8 weights"))
    #expect(
      fixture(.int8, weights: .int8, time: .int8, state: .int16).refusal(SVDF.self, [("rank", 2)])
        == .unsupportedType("input 2 is int8, expected int16"))
    let unquantized = fixture(.int8, weights: .int8, time: .int8, state: .int8)
    #expect(
      unquantized.refusal(SVDF.self, [("rank", 2)], quantized: false)
        == .unsupported("input 0 is int8 and has no quantization parameters"))
  }

  @Test func theStateMustBeAVariable() {
    #expect(
      fixture(isVariable: false).refusal(SVDF.self, [("rank", 2)])
        == .unsupported("input 4, its state, is not a variable"))
  }
}
