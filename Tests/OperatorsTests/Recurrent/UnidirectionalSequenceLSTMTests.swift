import Operators
import Tensors
import Testing

@Suite struct UnidirectionalSequenceLSTMTests {
  private let options: [(name: String, value: Int64)] = [("fused_activation_function", 4)]

  private func fixture(
    _ type: ElementType = .float32, weights: ElementType = .float32, bias: ElementType = .float32,
    cell: ElementType = .float32, units: Int32 = 3, hasPeephole: Bool = false, output: [Int32] = [2, 4, 3]
  ) -> RecurrentFixture {
    var fixture = RecurrentFixture()
    fixture.input([2, 4, 5], type)
    for _ in 0..<4 { fixture.input([units, 5], weights) }
    for _ in 0..<4 { fixture.input([units, units], weights) }
    for index in 0..<3 {
      if hasPeephole && index == 0 { fixture.input([units], weights) } else { fixture.inputs.append(nil) }
    }
    for _ in 0..<4 { fixture.input([units], bias) }
    fixture.inputs += [nil, nil]
    fixture.input([2, 3], type, isVariable: true)
    fixture.input([2, 3], cell, isVariable: true)
    fixture.inputs += [nil, nil, nil, nil]
    fixture.output(output, type)
    return fixture
  }

  @Test func fittingOperandsAreTaken() {
    #expect(fixture().refusal(UnidirectionalSequenceLSTM.self, options) == nil)
    #expect(fixture(weights: .int8).refusal(UnidirectionalSequenceLSTM.self, options) == nil)
    let byte = fixture(.int8, weights: .int8, bias: .int32, cell: .int16)
    #expect(byte.refusal(UnidirectionalSequenceLSTM.self, options) == nil)
    let word = fixture(.int16, weights: .int8, bias: .int64, cell: .int16)
    #expect(word.refusal(UnidirectionalSequenceLSTM.self, options) == nil)
  }

  @Test func onlyTheHyperbolicTangentIsTaken() {
    #expect(
      fixture().refusal(UnidirectionalSequenceLSTM.self)
        == .unsupported("the cell gate's activation is not TANH"))
  }

  @Test func shapesAndTypesMustFit() {
    #expect(
      fixture(units: 2).refusal(UnidirectionalSequenceLSTM.self, options)
        == .invalidShape("input 1 is 2×5, expected 3×5"))
    #expect(
      fixture(output: [4, 2, 3]).refusal(UnidirectionalSequenceLSTM.self, options)?.description
        == "output 0 is 4×2×3, expected 2×4×3")
    #expect(
      fixture(bias: .int32).refusal(UnidirectionalSequenceLSTM.self, options)
        == .unsupportedType("input 12 is int32, expected float32"))
    #expect(
      fixture(.int8, weights: .int8, bias: .int32, cell: .int8).refusal(
        UnidirectionalSequenceLSTM.self, options)
        == .unsupportedType("input 19 is int8, expected int16"))
    #expect(
      fixture(.uint8).refusal(UnidirectionalSequenceLSTM.self, options)
        == .unsupportedType(
          "input 0 is uint8 and input 1 float32; the LSTM takes float32, int8 and int16 with int8 weights"))
  }

  @Test func variantsAreRefused() {
    #expect(
      fixture(hasPeephole: true).refusal(UnidirectionalSequenceLSTM.self, options)
        == .unsupported("input 9 is given; no peephole, projection or normalization is supported"))
  }
}
