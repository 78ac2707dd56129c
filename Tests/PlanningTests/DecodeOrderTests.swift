import GraphIR
import Runtimes
import Testing
import _TestSupport

@testable import Planning

@Suite struct DecodeOrderTests {
  /// Two layers that read one input, and whose weights are decoded; the DECODEs stand in front.
  private func graph() -> Graph {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 64])
    let table = builder.constant(
      "t", [16], .uint8, bytes: [2, 1, 0, 0, 1] + [UInt8](repeating: 0, count: 11))
    var weights: [ValueID] = []
    for index in 0..<2 {
      let mask = builder.constant("m\(index)", [512], .uint8)
      weights.append(builder.value("w\(index)", [64, 64]))
      builder.node(.custom, [mask, table], [weights[index]], customName: "TFLM_DECODE")
    }
    let outputs = weights.enumerated().map { index, weights in
      let output = builder.value("y\(index)", [1, 64])
      builder.node(.fullyConnected, [input, weights, nil], [output])
      return output
    }
    builder.outputs(outputs)
    return builder.graph
  }

  @Test func decodedConstantsComeRightBeforeTheirReaders() {
    let graph = graph()
    #expect(DecodeOrder.sunk([0, 1, 2, 3], in: graph) == [0, 2, 1, 3])
    #expect(DecodeOrder.sunk([1, 0, 3, 2], in: graph) == [1, 3, 0, 2])
  }

  @Test func plansHaveThemThere() throws {
    let model = Model(graphs: [graph()])
    let planner = Planner(
      for: TFLMBuild(.cortexM(.reference), safeOn: [.reference]), effort: PlanningEffort(.quick))
    let planned = try planner.plannedModel(for: model)
    let names = planned.model.graphs[0].nodes.map(\.code.name)
    #expect(names == ["TFLM_DECODE", "FULLY_CONNECTED", "TFLM_DECODE", "FULLY_CONNECTED"])
    #expect(planned.charge.headBytes < 2 * 4096)
  }

  /// They take memory of the tensors alone too, unlike other values that are computed from constants.
  @Test func decodedConstantsTakeMemory() throws {
    let model = Model(graphs: [graph()])
    #expect(try Planner(for: IdealRuntime()).plan(model).peakBytes >= 4096 + 128)
  }
}
