import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Runtimes

/// Where the kernels of a library go in another order than the portable ones: each exception, and beside it
/// a site that differs in nothing but what makes the exception.
@Suite struct OverlapFactsTests {
  /// A layer or a pool with padding SAME and stride 1.
  struct Site: Sendable, CustomTestStringConvertible {
    var builtin: BuiltinOperator
    var type = ElementType.int8
    var filterType = ElementType.int8
    var filter: [Int32] = [3, 3]
    var channels: Int32 = 16
    var outputChannels: Int32?
    var height: Int32 = 7

    var testDescription: String {
      "\(builtin.name) \(type)×\(filterType) \(filter) \(channels) channels, \(height) rows"
    }

    func rule(_ library: KernelLibrary) -> OverlapRule {
      var builder = GraphBuilder()
      let outputs = outputChannels ?? channels
      var inputs: [ValueID?] = [builder.input("x", [1, height, 9, channels], type)]
      if builtin == .conv2D {
        inputs.append(builder.constant("w", [outputs] + filter + [channels], filterType))
      }
      if builtin == .depthwiseConv2D {
        inputs.append(builder.constant("w", [1] + filter + [outputs], filterType))
      }
      let names = ["stride_h": 1, "stride_w": 1, "filter_height": filter[0], "filter_width": filter[1]]
      let fields = names.map { Record.Field(name: $0.key, value: .integer(Int64($0.value))) }
      let output = builder.value("y", [1, height, 9, outputs], type)
      builder.node(builtin, inputs, [output], options: Record("", fields))
      return OverlapRules(library).rule(input: 0, of: builder.graph.nodes[0], in: builder.graph)
    }
  }

  @Test(arguments: [
    Site(builtin: .conv2D), Site(builtin: .conv2D, type: .float32, filterType: .float32),
    Site(builtin: .conv2D, type: .float32, filterType: .float32, filter: [1, 1]),
    Site(builtin: .conv2D, filter: [3, 1]),
    Site(builtin: .depthwiseConv2D), Site(builtin: .depthwiseConv2D, type: .float32, filterType: .float32),
    Site(builtin: .depthwiseConv2D, channels: 124),
    Site(builtin: .depthwiseConv2D, type: .float32, filterType: .float32, channels: 125),
    Site(builtin: .depthwiseConv2D, channels: 1, outputChannels: 8),
    Site(builtin: .depthwiseConv2D, filter: [1, 3]),
    Site(builtin: .averagePool2D), Site(builtin: .averagePool2D, type: .float32),
    Site(builtin: .maxPool2D), Site(builtin: .maxPool2D, type: .float32),
    Site(builtin: .l2Pool2D, type: .float32),
  ])
  func cmsisGoesInThePortableOrder(site: Site) {
    #expect(site.rule(.reference) != .disjoint)
    #expect(site.rule(.cmsisNN) == site.rule(.reference))
  }

  @Test(arguments: [
    Site(builtin: .conv2D, filter: [1, 1]), Site(builtin: .conv2D, filter: [1, 3]),
    Site(builtin: .conv2D, type: .int16), Site(builtin: .conv2D, filterType: .int4),
    Site(builtin: .conv2D, type: .uint8, filterType: .uint8),
    Site(builtin: .depthwiseConv2D, channels: 125),
    Site(builtin: .depthwiseConv2D, filter: [1, 3], channels: 1, outputChannels: 8),
    Site(builtin: .depthwiseConv2D, type: .int16), Site(builtin: .depthwiseConv2D, filterType: .int4),
    Site(builtin: .depthwiseConv2D, type: .uint8, filterType: .uint8),
    Site(builtin: .averagePool2D, type: .int16), Site(builtin: .averagePool2D, type: .uint8),
    Site(builtin: .maxPool2D, type: .int16), Site(builtin: .maxPool2D, type: .uint8),
    Site(builtin: .l2Pool2D, type: .int16),
  ])
  func cmsisIsDisjointWhereItGoesAnotherWay(site: Site) {
    #expect(site.rule(.reference) != .disjoint)
    #expect(site.rule(.cmsisNN) == .disjoint)
  }

  @Test(arguments: [
    Site(builtin: .conv2D, type: .float32, filterType: .float32),
    Site(builtin: .depthwiseConv2D, type: .float32, filterType: .float32),
    Site(builtin: .averagePool2D), Site(builtin: .averagePool2D, type: .int16),
    Site(builtin: .maxPool2D), Site(builtin: .maxPool2D, type: .int16),
  ])
  func espGoesInThePortableOrder(site: Site) {
    #expect(site.rule(.reference) != .disjoint)
    #expect(site.rule(.espNN) == site.rule(.reference))
  }

  @Test(arguments: [
    Site(builtin: .conv2D), Site(builtin: .conv2D, filter: [1, 1]), Site(builtin: .conv2D, type: .int16),
    Site(builtin: .conv2D, type: .uint8, filterType: .uint8),
    Site(builtin: .depthwiseConv2D), Site(builtin: .depthwiseConv2D, type: .int16),
    Site(builtin: .depthwiseConv2D, type: .uint8, filterType: .uint8),
  ])
  func espIsDisjointWhereItReadsAhead(site: Site) {
    #expect(site.rule(.reference) != .disjoint)
    #expect(site.rule(.espNN) == .disjoint)
  }

  /// Sites above are all that a library treats apart: any other family is portable for all, or a test is missing.
  @Test func noOtherOperatorHasAnException() {
    let tested: Set<BuiltinOperator> = [.conv2D, .depthwiseConv2D, .averagePool2D, .maxPool2D, .l2Pool2D]
    for known in TFLMOperator.all {
      guard case .family(_, let cmsisNN, let espNN) = known.overlap else { continue }
      let isTested = tested.contains { known.code == .builtin($0) }
      for order in [cmsisNN, espNN] {
        if case .portable = order { continue }
        #expect(isTested, "\(known.code)")
      }
    }
  }

  @Test func aLibraryWithoutARuleIsDisjoint() throws {
    var builder = GraphBuilder()
    builder.node(.relu, [builder.input("x", [4])], [builder.value("y", [4])])
    let site = try #require(OverlapSite(builder.graph.nodes[0], 0, in: builder.graph))
    let facts = OverlapFacts.family(
      .elementwise, cmsisNN: .disjoint(because: "nobody has read it"), espNN: .portable)
    #expect(facts.rule(site, for: .cmsisNN) == .disjoint)
    #expect(facts.rule(site, for: .espNN) == .startsBefore(0))
    #expect(OverlapFacts.none(because: "none").rule(site, for: .reference) == .disjoint)
  }
}
