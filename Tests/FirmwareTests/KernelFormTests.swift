import Tensors
import Testing
import _TestSupport

@testable import Firmware
@testable import GraphIR

@Suite struct KernelFormTests {
  private func refusal(
    _ builtin: BuiltinOperator, _ dimensions: [Int32], _ options: [Record.Field] = []
  ) -> String? {
    var builder = GraphBuilder()
    let x = builder.input("x", dimensions, .float32)
    builder.node(builtin, [x], [builder.value("y", dimensions, .float32)], options: Record("", options))
    return KernelForm.refusal(of: builder.graph.nodes[0], in: builder.graph)
  }

  @Test func dimensionsAreLimited() {
    #expect(refusal(.transpose, [1, 1, 1, 1, 1]) == nil)
    #expect(refusal(.transpose, [1, 1, 1, 1, 1, 1]) == "transposes up to 5 dimensions")
    #expect(refusal(.stridedSlice, [1, 1, 1, 1]) == nil)
    #expect(refusal(.stridedSlice, [1, 1, 1, 1, 1]) == "slices up to 4 dimensions")
  }

  @Test(arguments: ["ellipsis_mask", "new_axis_mask", "offset"])
  func slicesArePlain(option: String) {
    #expect(refusal(.stridedSlice, [2, 2], [.init(name: option, value: .integer(1))]) != nil)
  }

  @Test func fusedActivationsAreNotEverywhere() {
    let relu = [Record.Field(name: "fused_activation_function", value: .integer(1))]
    #expect(refusal(.concatenation, [2], relu) != nil)
    #expect(refusal(.add, [2], relu) == nil)
  }

  @Test func int4WeightsHaveOneScale() {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 4])
    let w = builder.constant("w", [2, 4], .int4)
    builder.node(.fullyConnected, [x, w, nil], [builder.value("y", [1, 2])])
    var graph = builder.graph
    #expect(KernelForm.refusal(of: graph.nodes[0], in: graph) == nil)
    graph[w].quantization = Quantization(scales: [1, 2], zeroPoints: [0, 0])
    #expect(KernelForm.refusal(of: graph.nodes[0], in: graph) != nil)
  }

  @Test func missingBiasesAreNoticed() {
    #expect(refusal(.svdf, [1, 4]) != nil)
  }
}
