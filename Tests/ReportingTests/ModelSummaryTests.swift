import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Reporting
@testable import Workflows

@Suite struct ModelSummaryTests {
  @Test func countsOperatorsAndParameters() {
    let summary = ModelSummary(SampleReports.branches())
    #expect(summary.operatorCount == 5)
    #expect(summary.histogram.map(\.name) == ["AVERAGE_POOL_2D", "CONV_2D", "ADD"])
    #expect(summary.parameterCount == 20)
    #expect(summary.constantBytes == 20)
    #expect(summary.multiplyAccumulates == 2560)
    #expect(summary.inputs.map(\.quantization) == ["(q + 1) · 0.5"])
    #expect(summary.outputs.map(\.shape) == [[1, 4, 4, 4]])
  }

  @Test func hugeCountsStopAtTheEnd() {
    var builder = GraphBuilder()
    let input = builder.input("x", [1])
    let filter = builder.value("w", [1, 1 << 20, 1 << 20, 1 << 20])
    let output = builder.value("y", [1, 1 << 30, 1 << 30, 1])
    builder.node(.conv2D, [input, filter], [output])
    builder.node(.conv2D, [input, filter], [output])
    for _ in 0..<20 { _ = builder.value("s", [1 << 30, 1 << 29], .int8, isVariable: true) }
    let summary = ModelSummary(Model(graphs: [builder.graph]))
    #expect(summary.multiplyAccumulates == .max)
    #expect(summary.variableBytes == .max)
    let header = ModelHeaderText(
      path: "m", summary: summary, style: TerminalStyle(isColored: false, width: 200))
    #expect(header.lines[2].contains("9,223,372,036,854,775,807 MACs (9.2 E)"))
  }
}
