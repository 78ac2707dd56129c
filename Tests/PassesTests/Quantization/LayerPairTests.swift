import GraphIR
import Tensors
import Testing

@testable import Passes

@Suite struct LayerPairTests {
  /// Two CONV_2D of 1×1, of which the second one reads so many channels at a time.
  private func pairs(secondReads channels: Int32) -> [LayerPair] {
    var builder = RuleModelBuilder()
    let middle = builder.value("middle", [1, 4, 4, 4])
    let output = builder.value("y", [1, 4, 4, 2])
    let strides: [(String, Int64)] = [("stride_w", 1), ("stride_h", 1)]
    builder.node(
      .conv2D, 1, [builder.x, builder.floats("w", [4, 1, 1, 4]), builder.floats("b", [4])], [middle],
      "Conv2DOptions", strides)
    builder.node(
      .conv2D, 1, [middle, builder.floats("v", [2, 1, 1, channels]), builder.floats("c", [2])], [output],
      "Conv2DOptions", strides)
    return LayerPair.all(in: builder.finish([output]).graphs[0])
  }

  @Test func convolutionsInARowAreAPair() throws {
    let found = pairs(secondReads: 4)
    #expect(found.count == 1)
    let pair = try #require(found.first)
    #expect(pair.first == NodeID(1) && pair.second == NodeID(2))
    #expect(pair.channels == 4 && !pair.isFlattened)
  }

  /// A weight of a group multiplies another channel in every group.
  @Test func groupedConvolutionsAreNone() {
    #expect(pairs(secondReads: 2).isEmpty)
  }

  /// Two FULLY_CONNECTED, of which the second one reads so many numbers at a time.
  private func densePairs(secondReads depth: Int32) -> [LayerPair] {
    var builder = RuleModelBuilder([2, 4])
    let middle = builder.value("middle", [2, 4])
    let output = builder.value("y", [8 / depth, 3])
    builder.node(
      .fullyConnected, 1, [builder.x, builder.floats("w", [4, 4]), builder.floats("b", [4])], [middle],
      "FullyConnectedOptions")
    builder.node(
      .fullyConnected, 1, [middle, builder.floats("v", [3, depth]), builder.floats("c", [3])], [output],
      "FullyConnectedOptions")
    return LayerPair.all(in: builder.finish([output]).graphs[0])
  }

  /// A row of numbers that is several positions has their channels in turn; half of one has not.
  @Test func denseLayersReadWholePositions() {
    #expect(densePairs(secondReads: 4).count == 1)
    #expect(densePairs(secondReads: 8).count == 1)
    #expect(densePairs(secondReads: 2).isEmpty)
  }
}
