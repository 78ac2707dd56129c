import Tensors
import Testing
import _TestSupport

@testable import Firmware
@testable import GraphIR

@Suite struct CompatibilityCheckTests {
  private func warnings(_ build: (inout GraphBuilder) -> Void) -> [FirmwareWarning] {
    var builder = GraphBuilder()
    build(&builder)
    return CompatibilityCheck.warnings(
      for: Model(graphs: [Self.quantized(builder.graph)]), target: .host)
  }

  /// The graph with a scale for every tensor of narrow integers.
  private static func quantized(_ graph: Graph) -> Graph {
    var graph = graph
    for index in graph.values.indices where [.int4, .int8, .int16].contains(graph.values[index].elementType) {
      graph.values[index].quantization = Quantization(scales: [0.5], zeroPoints: [0])
    }
    return graph
  }

  private func convolution(_ input: ElementType, _ filter: ElementType) -> [FirmwareWarning] {
    warnings { builder in
      let x = builder.input("x", [1, 4, 4, 2], input)
      let w = builder.constant("w", [2, 1, 1, 2], filter)
      builder.node(
        .conv2D, [x, w, nil], [builder.value("y", [1, 4, 4, 2], input)],
        options: Record(
          "Conv2DOptions",
          [.init(name: "stride_w", value: .integer(1)), .init(name: "stride_h", value: .integer(1))]))
    }
  }

  @Test(arguments: [
    (ElementType.float32, ElementType.float32), (.int8, .int8), (.int8, .int4), (.int16, .int8),
  ])
  func convolutionsOfOneKindRun(input: ElementType, filter: ElementType) {
    #expect(convolution(input, filter).isEmpty)
  }

  @Test(arguments: [
    (ElementType.float32, ElementType.int8, FirmwareWarning.Kind.hybrid), (.float32, .int4, .hybrid),
    (.uint8, .uint8, .uint8), (.int16, .int4, .int4), (.float32, .float16, .float16),
    (.int16, .int16, .types),
  ])
  func otherConvolutionsAreRefused(input: ElementType, filter: ElementType, kind: FirmwareWarning.Kind) {
    let warnings = convolution(input, filter)
    #expect(warnings.map(\.kind) == [kind])
    #expect(warnings.map(\.place) == ["subgraph 0, operator 0 (CONV_2D)"])
    #expect(warnings.allSatisfy { $0.isRefusal && !$0.remedy.isEmpty })
  }

  @Test func equalProblemsAreOneWarning() {
    let warnings = warnings { builder in
      for _ in 0..<3 {
        let weights = builder.constant("w", [4], .float16)
        builder.node(.dequantize, [weights], [builder.value("f", [4], .float32)])
      }
    }
    #expect(warnings.map(\.kind) == [.float16])
    #expect(warnings.first?.moreCount == 2)
    #expect(
      warnings.first?.description
        == "subgraph 0, operator 0 (DEQUANTIZE), and 2 more like it: TFLM's DEQUANTIZE does not take float16. "
        + "'nnopt optimize' stores float32 weights (--quantize float32), or quantizes (--quantize int8 or int16x8)."
    )
  }

  @Test func operatorsWithoutAKernelAreNamed() {
    let warnings = warnings { builder in
      let x = builder.input("x", [4], .float32)
      let y = builder.value("y", [4], .float32)
      builder.node(.gelu, [x], [y])
      builder.node(.custom, [y], [builder.value("z", [4], .float32)], customName: "Mine")
    }
    #expect(warnings.map(\.kind) == [.noKernel, .customOperator])
    #expect(warnings.last?.remedy.contains("Register_Mine()") == true)
  }

  @Test func computedShapesAreRefused() {
    let warnings = warnings { builder in
      let x = builder.input("x", [4, 4], .float32)
      let padding = builder.input("p", [2, 2], .int32)
      builder.node(.pad, [x, padding], [builder.value("y", [6, 6], .float32)])
    }
    #expect(warnings.map(\.kind) == [.computedOperand])
  }

  @Test func formsThatKernelsLackAreRefused() {
    let warnings = warnings { builder in
      let x = builder.input("x", [4, 4], .float32)
      let ends = (0..<3).map { builder.constant("e\($0)", [2], .int32) }
      builder.node(
        .stridedSlice, [x] + ends, [builder.value("y", [4, 4], .float32)],
        options: Record("StridedSliceOptions", [.init(name: "new_axis_mask", value: .integer(1))]))
    }
    #expect(warnings.map(\.kind) == [.options])
  }

  @Test func sparseWeightsAndStringsAreRefused() {
    let warnings = warnings { builder in
      let x = builder.input("x", [1, 4], .int8)
      let w = builder.constant("w", [2, 4])
      builder.node(.fullyConnected, [x, w, nil], [builder.value("y", [1, 2])])
      builder.node(.reshape, [builder.input("s", [1], .string)], [builder.value("t", [1], .string)])
    }
    #expect(warnings.map(\.problem).contains("TFLM has no strings"))
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 4])
    let w = builder.constant("w", [2, 4])
    builder.node(.fullyConnected, [x, w, nil], [builder.value("y", [1, 2])])
    var graph = Self.quantized(builder.graph)
    graph[w].attachments.sparsity = Record("SparsityParameters")
    #expect(
      CompatibilityCheck.warnings(for: Model(graphs: [graph]), target: .host).map(\.kind) == [
        .sparse
      ])
  }

  @Test func emptyResultsAreRefused() {
    var builder = GraphBuilder()
    let x = builder.input("x", [0, 4], .float32)
    builder.node(.relu, [x], [builder.value("y", [0, 4], .float32)])
    var graph = builder.graph
    #expect(
      CompatibilityCheck.warnings(for: Model(graphs: [graph]), target: .host).map(\.kind) == [
        .emptyTensor
      ])
    graph[x].shapeSignature = [-1, 4]
    #expect(
      CompatibilityCheck.warnings(for: Model(graphs: [graph]), target: .host).map(\.kind) == [
        .dynamicShape, .emptyTensor,
      ])
  }

  @Test func openSignaturesOfKnownSizesAreFine() {
    var builder = GraphBuilder()
    let x = builder.input("x", [1, 4])
    builder.node(.relu, [x], [builder.value("y", [1, 4])])
    var graph = Self.quantized(builder.graph)
    graph[x].shapeSignature = [-1, 4]
    #expect(CompatibilityCheck.warnings(for: Model(graphs: [graph]), target: .host).isEmpty)
  }

  @Test func unknownAllocationsAreNamed() {
    var builder = GraphBuilder()
    let x = builder.input("x", [4], .float32)
    builder.node(.relu, [x], [builder.value("y", [4], .float32)])
    let warnings = CompatibilityCheck.warnings(
      for: Model(graphs: [builder.graph]), target: .host, unknownOperators: ["RELU"])
    #expect(warnings.map(\.kind) == [.arena])
    #expect(warnings.allSatisfy { !$0.isRefusal })
  }
}
