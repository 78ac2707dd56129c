import Tensors
import Testing
import _TestSupport

@testable import GraphIR
@testable import Passes

/// Weights whose shape holds no number, or has no channels, beside data that hold some.
@Suite struct EmptyWeightsTests {
  @Test(
    arguments: [[0, 4], [4, 0], [.max, 0], [0, .max, .max, .max]] as [[Int32]],
    [
      "CONV_2D", "DEPTHWISE_CONV_2D", "TRANSPOSE_CONV", "FULLY_CONNECTED", "UNIDIRECTIONAL_SEQUENCE_LSTM",
    ])
  func areLeftAlone(dimensions: [Int32], name: String) throws {
    var model = try #require(RuleModel.all.first { $0.name == name }).model
    for index in model.graphs[0].values.indices {
      let value = model.graphs[0].values[index]
      guard value.isConstant, value.elementType == .float32, value.dimensions != [1] else { continue }
      model.graphs[0].values[index].dimensions = dimensions
    }
    for form in QuantizeWeights.Form.allCases {
      var log = PassLog()
      var copy = model
      try QuantizeWeights(form, leastElements: 0).edit(&copy, log: &log)
      #expect(log.edits.isEmpty && log.refusals.count == 1)
      #expect(copy.graphs[0].nodes.map(\.code) == model.graphs[0].nodes.map(\.code))
    }
  }

  @Test(arguments: ["CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"])
  func weightsWithoutChannelsAreLeftAlone(name: String) throws {
    var model = try #require(RuleModel.all.first { $0.name == name }).model
    for index in model.graphs[0].values.indices {
      let value = model.graphs[0].values[index]
      guard value.isConstant, value.elementType == .float32, value.dimensions != [1] else { continue }
      model.graphs[0].values[index].dimensions = value.byteCount == 4 ? [] : [Int32(value.byteCount / 4)]
    }
    var log = PassLog()
    try? QuantizeWeights(.int8, leastElements: 1).edit(&model, log: &log)
    #expect(model.graphs[0].values.allSatisfy { $0.shape != nil })
  }
}
