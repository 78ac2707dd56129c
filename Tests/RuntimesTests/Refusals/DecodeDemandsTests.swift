import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Runtimes

@Suite struct DecodeDemandsTests {
  private func finding(
    _ encoded: [UInt8], _ ancillary: [UInt8], computed: Bool = false, type: ElementType = .int8
  ) -> Refusal? {
    var builder = GraphBuilder()
    let first =
      computed
      ? builder.input("e", [4], .uint8)
      : builder.constant("e", [Int32(encoded.count)], .uint8, bytes: encoded)
    let second = builder.constant("a", [Int32(ancillary.count)], .uint8, bytes: ancillary)
    let result = builder.value("w", [16], type)
    builder.node(.custom, [first, second], [result], customName: "TFLM_DECODE")
    builder.outputs([result])
    let graph = builder.graph
    return NodeRefusals.first(
      at: RefusalSite(
        model: Model(graphs: [graph]), graph: graph, node: graph.nodes[0], target: .cortexM(.reference)))
  }

  private let mask: [UInt8] = [2, 1, 0, 0, 1] + [UInt8](repeating: 0, count: 11)

  @Test func goodOperandsAreTaken() { #expect(finding([0x80, 0], mask + [7]) == nil) }

  @Test func whatTheKernelRefusesIsRefused() {
    #expect(finding([], mask, computed: true)?.problem.contains("constant only") == true)
    let version = finding([0, 0], [2, 9] + mask.dropFirst(2))
    #expect(
      version?.problem
        == "TFLM's TFLM_DECODE does not take its operands: the header has version 9; TFLM takes 1")
    #expect(version?.severity == .refused)
    #expect(finding([0, 0], mask, type: .uint8)?.severity == .refused)
  }

  @Test func whatTheKernelReadsBeyondTheEndIsWrong() {
    let short = finding([0xFF, 0xFF], mask + [7])
    #expect(short?.severity == .wrongAnswers)
    #expect(short?.problem.contains("lies behind the end") == true)
  }
}
