import GraphIR
import Testing

@Suite struct BuiltinOperatorTests {
  @Test func namesAndCodesBelongTogether() {
    #expect(BuiltinOperator.conv2D.name == "CONV_2D")
    #expect(BuiltinOperator.conv2D.rawValue == 3)
    #expect(BuiltinOperator(name: "UNIDIRECTIONAL_SEQUENCE_LSTM") == .unidirectionalSequenceLSTM)
    #expect(BuiltinOperator.stablehloCase.rawValue == 209)
  }

  @Test func unknownCodesStayValid() {
    let unknown = BuiltinOperator(rawValue: 4711)
    #expect(unknown.name == "BUILTIN_4711")
    #expect(!unknown.isKnown)
    #expect(!BuiltinOperator(rawValue: -1).isKnown)
    #expect(BuiltinOperator(name: "NO_SUCH") == nil)
  }
}
