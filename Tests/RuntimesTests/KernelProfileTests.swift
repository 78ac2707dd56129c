import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Runtimes

/// Kernels that TFLM writes with the same structures ask for the same memory.
@Suite struct KernelProfileTests {
  private func profile(_ builtin: BuiltinOperator) throws -> KernelProfile {
    try #require(TFLMOperator[OperatorCode(builtin)]?.kernels.profile(for: .reference))
  }

  /// `OpDataReduce`, which the header of all reductions has.
  @Test(arguments: [BuiltinOperator.sum, .reduceMax, .reduceMin, .reduceAll])
  func reductionsHaveTheStructureOfMean(builtin: BuiltinOperator) throws {
    let (own, mean) = (try profile(builtin), try profile(.mean))
    #expect(own.data == mean.data)
    #expect(own.parameters?.size == mean.parameters?.size)
  }

  /// The number of outputs: `TfLiteSplitParams` and `TfLiteSplitVParams`.
  @Test func splitsHaveTheSameParameters() throws {
    let (split, splitV) = (try profile(.split), try profile(.splitV))
    #expect(split.parameters?.size == splitV.parameters?.size)
    #expect(split.parameters?.alignment == splitV.parameters?.alignment)
  }

  /// `ComparisonsPrepare` looks at both operands, whose scales may differ in length.
  @Test(arguments: [BuiltinOperator.equal, .notEqual, .less, .lessEqual, .greater, .greaterEqual])
  func comparisonsInspectBothOperands(builtin: BuiltinOperator) throws {
    var builder = GraphBuilder()
    let operands = [builder.input("x", [4]), builder.input("y", [4])]
    builder.node(builtin, operands, [builder.value("z", [4], .bool)])
    let site = KernelSite(graph: builder.graph, node: builder.graph.nodes[0], target: .host)
    let own = try profile(builtin)
    #expect(own.prepare(site) == operands.map { .temporary($0) })
    #expect(own.data == (try profile(.equal)).data)
  }

  /// TRANSPOSE_CONV with stride 2 on a Cortex-M: bytes of the two buffers that CMSIS-NN works in.
  private func transposedScratch(channels: Int32, stride: Int64 = 2) throws -> [Int] {
    var builder = GraphBuilder()
    let size = builder.constant("size", [4], .int32)
    let filter = builder.constant("w", [8, 2, 2, channels])
    let input = builder.input("x", [1, 4, 4, channels])
    let output = builder.value("y", [1, 4 * Int32(stride), 4 * Int32(stride), 8])
    let options = Record(
      "TransposeConvOptions",
      [
        .init(name: "stride_w", value: .integer(stride)), .init(name: "stride_h", value: .integer(stride)),
      ])
    builder.node(.transposeConv, [size, filter, input], [output], options: options)
    builder.outputs([output])
    return try TFLMRuntime(.cortexM(.cmsisNN)).predict(Model(graphs: [builder.graph])).scratch.map(\.bytes)
  }

  /// Many channels and small strides: four columns of a window of 2·2·32, and the reversed filter of 8 of them.
  @Test func transposedConvolutionsOfManyChannelsBecomeConvolutions() throws {
    #expect(try transposedScratch(channels: 32, stride: 1) == [512, 1_024])
    #expect(try transposedScratch(channels: 32) == [512, 1_024])
  }

  /// Otherwise accumulators of 4 bytes for 8 channels of rows that overlap; a larger stride spreads them.
  @Test func otherTransposedConvolutionsCollectRows() throws {
    #expect(try transposedScratch(channels: 16) == [4 * 8 * 8 * 2, 0])
    #expect(try transposedScratch(channels: 32, stride: 3) == [4 * 12 * 8 * 3, 0])
  }
}
