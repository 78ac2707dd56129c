import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Runtimes

@Suite struct KernelTypesTests {
  private func node(_ input: ElementType, _ output: ElementType) -> (Node, Graph) {
    var builder = GraphBuilder()
    builder.node(.quantize, [builder.input("x", [1], input)], [builder.value("y", [1], output)])
    return (builder.graph.nodes[0], builder.graph)
  }

  @Test func allOperandsCountTogether() {
    let rule = KernelTypes(.input(0), .output(0), accept: [[.float32, .int8], [.int8, .int16]])
    let (good, graph) = node(.float32, .int8)
    #expect(rule.refusedTypes(of: good, in: graph) == nil)
    let (bad, other) = node(.float32, .int16)
    #expect(rule.refusedTypes(of: bad, in: other) == [.float32, .int16])
    #expect(rule.acceptedText == "float32×int8, int8×int16")
  }

  @Test func absentOperandsAreNotJudged() {
    let (quantize, graph) = node(.float32, .int8)
    #expect(KernelTypes(.bool, of: .input(5)).refusedTypes(of: quantize, in: graph) == nil)
    #expect(KernelTypes(.bool, of: .output(1)).refusedTypes(of: quantize, in: graph) == nil)
  }

  @Test func operatorsWithoutARuleTakeAll() {
    #expect(KernelTypes.rules(for: OperatorCode(.reshape)).isEmpty)
    #expect(KernelTypes.rules(for: OperatorCode(.custom, customName: "Mine")).isEmpty)
    #expect(KernelTypes.rules(for: OperatorCode(.conv2D)).count == 1)
  }
}
