import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Runtimes

/// What TFLM's signal library refuses, and the declared shapes that TFLM takes where LiteRT takes others.
@Suite struct SignalRefusalTests {
  private func finding(
    _ name: String, _ inputs: [(ElementType, [Int32])], _ outputs: [(ElementType, [Int32])]
  ) -> TFLMFinding? {
    var builder = GraphBuilder()
    let operands = inputs.map { builder.input("x", $0.1, $0.0) }
    let results = outputs.map { builder.value("y", $0.1, $0.0) }
    builder.node(.custom, operands, results, customName: name)
    builder.outputs(results)
    return TFLMCompatibility.findings(in: Model(graphs: [builder.graph]), target: .host).first
  }

  @Test func ranksAreDemanded() {
    #expect(finding("SignalDelay", [(.int16, [2, 3])], [(.int16, [2, 3])]) == nil)
    #expect(finding("SignalEnergy", [(.int16, [8])], [(.uint32, [4])]) == nil)
    #expect(finding("SignalEnergy", [(.int16, [1, 8])], [(.uint32, [4])])?.kind == .shape)
    let framer = finding("SignalFramer", [(.int16, [8])], [(.int16, [2, 4]), (.bool, [])])
    #expect(framer?.problem.contains("whole steps of 0") == true)
    #expect(finding("SignalFramer", [(.int16, [8])], [(.int16, [8]), (.bool, [])])?.kind == .shape)
    #expect(finding("SignalFramer", [(.int16, [8])], [(.int16, [2, 4]), (.bool, [1])])?.kind == .shape)
    #expect(finding("SignalEnergy", [(.int16, [8])], [(.uint32, [4]), (.uint32, [4])])?.kind == .operands)
  }

  @Test func emptyTensorsAreRefused() {
    #expect(finding("SignalDelay", [(.int16, [0])], [(.int16, [4])])?.kind == .emptyTensor)
    #expect(finding("SignalRfft", [(.int16, [8])], [(.int16, [10])])?.problem.contains("float32") == true)
    #expect(finding("SignalRfft", [(.float32, [8])], [(.float32, [10])])?.kind == .shape)
    #expect(finding("SignalEnergy", [(.int16, [8])], [(.uint32, [0])])?.kind == .emptyTensor)
  }

  @Test func framesFitTheirQueue() {
    func kind(_ frame: [Int32], _ queue: [Int32]) -> TFLMFinding? {
      finding("CIRCULAR_BUFFER", [(.int8, frame)], [(.int8, queue)])
    }
    #expect(kind([1, 2, 1, 4], [1, 5, 1, 4])?.kind == .shape)
    #expect(kind([1, 1, 2, 4], [1, 5, 1, 4])?.severity == .refused)
    #expect(kind([1, 1, 1, 3], [1, 5, 1, 4])?.severity == .refused)
    #expect(kind([2, 1, 1, 4], [2, 5, 1, 4])?.severity == .wrongAnswers)
    #expect(kind([1, 4], [1, 5, 1, 4])?.severity == .refused)
    #expect(kind([1, 1], [1, 5, 1, 4])?.severity == .wrongAnswers)
    #expect(kind([1, 1, 1, 4], [1, 5, 1, 4])?.problem.contains("no variable") == true)
  }

  /// LiteRT gives the result the batch of the input; TFLM finds 6 elements for 192.
  @Test func declaredBatchesAreTakenAtTheirWord() {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 2, 3], .float32)
    let shape = builder.value("shape", [3], .int32)
    builder.node(.shape, [input], [shape])
    let result = builder.value("y", [32, 2, 3], .float32)
    builder.node(.reshape, [input, shape], [result])
    builder.outputs([result])
    let findings = TFLMCompatibility.findings(in: Model(graphs: [builder.graph]), target: .host)
    #expect(
      findings.contains { $0.severity == .refused && $0.problem.contains("6 elements for a result of 192") })
  }
}
