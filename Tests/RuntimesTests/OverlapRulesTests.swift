import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Runtimes

@Suite struct OverlapRulesTests {
  @Test(arguments: MeasuredOverlap.all)
  func referenceDistancesAreTheDerivedOnes(overlap: MeasuredOverlap) {
    let (graph, node) = overlap.makeGraph()
    #expect(OverlapRules(.reference).rule(input: overlap.operand, of: node, in: graph) == overlap.reference)
  }

  /// No library may be allowed a distance below what was measured with it.
  @Test(arguments: MeasuredOverlap.all, KernelLibrary.allCases)
  func noRuleIsBelowTheMeasuredDistance(overlap: MeasuredOverlap, library: KernelLibrary) {
    let (graph, node) = overlap.makeGraph()
    let measured = library == .reference ? overlap.measuredReference : overlap.measuredCmsisNN
    switch OverlapRules(library).rule(input: overlap.operand, of: node, in: graph) {
    case .disjoint: break
    case .sameAddress: #expect(measured <= 0)
    case .startsBefore(let distance): #expect(distance >= measured)
    }
  }

  @Test(arguments: ["conv1x1_s1_16to16", "conv1x1_s2_16to16", "conv1x3_s1_8to8_h1", "dw3x3_c200"])
  func cmsisKeepsDisjointWhatItsKernelsReorder(name: String) throws {
    let overlap = try #require(MeasuredOverlap.all.first { $0.name == name })
    let (graph, node) = overlap.makeGraph()
    #expect(OverlapRules(.cmsisNN).rule(input: 0, of: node, in: graph) == .disjoint)
  }

  @Test(arguments: KernelLibrary.allCases)
  func floatsAreReferenceKernelsEverywhere(library: KernelLibrary) {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 7, 9, 16], .float32)
    let filter = builder.constant("w", [16, 1, 1, 16], .float32)
    let output = builder.value("y", [1, 7, 9, 16], .float32)
    let options = Record(
      "Conv2DOptions",
      [.init(name: "stride_h", value: .integer(1)), .init(name: "stride_w", value: .integer(1))])
    builder.node(.conv2D, [input, filter], [output], options: options)
    let rule = OverlapRules(library).rule(input: 0, of: builder.graph.nodes[0], in: builder.graph)
    #expect(rule == .startsBefore(60))
  }

  @Test(arguments: KernelLibrary.allCases)
  func fullyConnectedIsDisjoint(library: KernelLibrary) {
    var builder = GraphBuilder()
    let input = builder.input("x", [1, 40])
    let filter = builder.constant("w", [30, 40])
    builder.node(.fullyConnected, [input, filter, nil], [builder.value("y", [1, 30])])
    #expect(OverlapRules(library).rule(input: 0, of: builder.graph.nodes[0], in: builder.graph) == .disjoint)
  }

  @Test func widerElementsRunAhead() {
    #expect(rule(.dequantize, from: ([1, 10], .int8), to: ([1, 10], .float32)) == .startsBefore(27))
    #expect(rule(.quantize, from: ([1, 10], .float32), to: ([1, 10], .int8)) == .startsBefore(0))
  }

  @Test func aBroadcastOperandIsDisjoint() {
    #expect(rule(.add, from: ([1, 1], .int8), to: ([1, 10], .int8)) == .disjoint)
  }

  @Test func aTensorThatFeedsTwoOperandsIsDisjoint() {
    var builder = GraphBuilder()
    let input = builder.input("x", [4])
    builder.node(.add, [input, input], [builder.value("y", [4])])
    #expect(
      OverlapRules(.reference).rule(input: 0, of: builder.graph.nodes[0], in: builder.graph) == .disjoint)
  }

  @Test func anUnknownOperatorIsDisjoint() {
    #expect(rule(.transpose, from: ([2, 3], .int8), to: ([3, 2], .int8)) == .disjoint)
    #expect(rule(.custom, from: ([4], .int8), to: ([4], .int8)) == .disjoint)
  }

  @Test func malformedNodesAreDisjoint() {
    #expect(rule(.conv2D, from: ([4], .int8), to: ([4], .int8)) == .disjoint)
    #expect(rule(.pad, from: ([4], .int8), to: ([4], .int8)) == .disjoint)
    #expect(rule(.concatenation, from: ([4], .int8), to: ([], .int8)) == .disjoint)
    #expect(rule(.maxPool2D, from: ([1, 2, 2, 1], .int8), to: ([1, 2, 2, 1], .int8)) == .disjoint)
  }

  private func rule(
    _ builtin: BuiltinOperator, from input: ([Int32], ElementType), to output: ([Int32], ElementType)
  ) -> OverlapRule {
    var builder = GraphBuilder()
    let source = builder.input("x", input.0, input.1)
    builder.node(builtin, [source], [builder.value("y", output.0, output.1)])
    return OverlapRules(.reference).rule(input: 0, of: builder.graph.nodes[0], in: builder.graph)
  }

  /// Ranks below the axis, types that differ, and sizes that no memory holds.
  @Test(arguments: KernelLibrary.allCases) func oddOperandsStayDisjoint(library: KernelLibrary) {
    let rules = OverlapRules(library)
    let shapes: [([Int32], [Int32])] = [
      ([4], [1, 1, 4]), ([], [1, 1, 4]), ([1, 1, 4], [4]), ([1, 1, 4], [0, .max, .max, .max]),
    ]
    for (left, right) in shapes {
      var builder = GraphBuilder()
      let inputs = [builder.input("x", left, .float32), builder.input("y", right, .float32)]
      let output = builder.value("z", [1, 1, 8], .float32)
      builder.node(
        .concatenation, inputs, [output],
        options: Record("", [.init(name: "axis", value: .integer(2))]))
      for position in 0...1 {
        #expect(rules.rule(input: position, of: builder.graph.nodes[0], in: builder.graph) == .disjoint)
      }
    }
  }

  @Test func narrowerOutputsFollowTheirInput() {
    var builder = GraphBuilder()
    let input = builder.input("x", [1000], .int16)
    builder.node(.logistic, [input], [builder.value("y", [1000], .int8)])
    builder.node(.logistic, [input], [builder.value("z", [0], .int8)])
    for (node, rule) in zip(builder.graph.nodes, [OverlapRule.startsBefore(0), .disjoint]) {
      #expect(OverlapRules(.reference).rule(input: 0, of: node, in: builder.graph) == rule)
    }
  }

  /// Two thousand million rows of an empty batch are not walked through.
  @Test func emptyBatchesOfHugeImagesStayDisjoint() {
    var builder = GraphBuilder()
    let input = builder.input("x", [0, .max, 1, 1], .float32)
    let output = builder.value("y", [0, .max, 1, 1], .float32)
    let names = ["stride_w", "stride_h", "filter_width", "filter_height"]
    builder.node(
      .maxPool2D, [input], [output],
      options: Record("", names.map { .init(name: $0, value: .integer(1)) }))
    let graph = builder.graph
    #expect(OverlapRules(.reference).rule(input: 0, of: graph.nodes[0], in: graph) == .disjoint)
  }
}
