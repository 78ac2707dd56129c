import GraphIR
import Testing

@Suite struct OperatorArityTests {
  @Test func someAreFixedAndSomeAreNot() throws {
    let convolution = try #require(OperatorArity(of: .conv2D))
    #expect(convolution.inputs == 2...3)
    #expect(convolution.outputs == 1...2)
    let call = try #require(OperatorArity(of: .if))
    #expect(call.inputs.contains(0) && call.inputs.contains(1_000))
    #expect(OperatorArity(of: .varHandle)?.inputs == 0...0)
  }

  @Test func unknownOperatorsAreNotStated() {
    #expect(OperatorArity(of: .hashtable) == nil)
    #expect(OperatorArity(of: BuiltinOperator(rawValue: 4_711)) == nil)
  }
}
