import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct FoldArithmeticTests {
  /// A layer of 3 channels, and what follows.
  private func model(
    _ layer: BuiltinOperator, hasBias: Bool = true, activation: Int = 0,
    _ tail: (Sketch, ValueID, [Int32]) -> ValueID
  ) -> Model {
    let sketch = Sketch()
    let isDense = layer == .fullyConnected
    let x = sketch.input(isDense ? [2, 4] : [1, 5, 5, layer == .depthwiseConv2D ? 3 : 4])
    let bias: [ValueID?] = hasBias ? [sketch.random([3])] : []
    let y: ValueID
    let shape: [Int32]
    switch layer {
    case .fullyConnected:
      shape = [2, 3]
      y = sketch.node(
        layer, [x, sketch.random([3, 4])] + (hasBias ? bias : [nil]), shape,
        options: .fullyConnected(activation))
    case .transposeConv:
      shape = [1, 11, 11, 3]
      y = sketch.node(
        layer, [sketch.integers([1, 11, 11, 3]), sketch.random([3, 3, 3, 4]), x] + bias, shape,
        options: .init(
          code: 49, type: "TransposeConvOptions",
          fields: [("padding", .integer(1)), ("stride_w", .integer(2)), ("stride_h", .integer(2))]))
    default:
      shape = [1, 3, 3, 3]
      let isDepthwise = layer == .depthwiseConv2D
      y = sketch.node(
        layer, [x, sketch.random(isDepthwise ? [1, 3, 3, 3] : [3, 3, 3, 4])] + bias, shape,
        options: .convolution(activation: activation, multiplier: isDepthwise ? 1 : nil))
    }
    return sketch.model(tail(sketch, y, shape))
  }

  @Test(
    arguments: [BuiltinOperator.conv2D, .depthwiseConv2D, .fullyConnected, .transposeConv], [false, true])
  func batchNormalizationIsFolded(layer: BuiltinOperator, hasBias: Bool) throws {
    let model = model(layer, hasBias: hasBias) { sketch, y, shape in
      let a = sketch.node(.sub, [y, sketch.random([3])], shape, options: .sub())
      let b = sketch.node(.div, [a, sketch.random([1, 3], in: 0.5...2)], shape, options: .div())
      let c = sketch.node(.mul, [sketch.random([3]), b], shape, options: .mul())
      let d = sketch.node(.add, [c, sketch.filled([], 0.25)], shape, options: .add())
      return sketch.node(.sub, [sketch.random([3]), d], shape, options: .sub(1))
    }
    let run = try RuleRun(FoldArithmetic(), model)
    try run.expect([layer.name], relative: 1e-5)
    #expect(run.result.graphs[0].nodes[0].attributes.integer("fused_activation_function") == 1)
  }

  @Test func activationBetweenStays() throws {
    let model = model(.conv2D, activation: 1) { sketch, y, shape in
      sketch.node(.mul, [y, sketch.random([3])], shape, options: .mul())
    }
    try RuleRun(FoldArithmetic(), model).expectRefusal("CONV_2D 0 applies its activation before")
  }

  @Test func otherAxesStay() throws {
    let model = model(.conv2D) { sketch, y, shape in
      sketch.node(.mul, [y, sketch.random([3, 1])], shape, options: .mul())
    }
    try RuleRun(FoldArithmetic(), model)
      .expectRefusal("the constant differs along other axes than the channels")
  }

  @Test func divisionByZeroStays() throws {
    let model = model(.conv2D) { sketch, y, shape in
      sketch.node(.div, [y, sketch.filled([3], 0)], shape, options: .div())
    }
    try RuleRun(FoldArithmetic(), model)
      .expectRefusal("the constant is zero, infinite or no number somewhere")
  }

  @Test func sharedWeightsStay() throws {
    let sketch = Sketch()
    let x = sketch.input([1, 4])
    let weights = sketch.random([4, 4])
    let a = sketch.node(.fullyConnected, [x, weights, nil], [1, 4], options: .fullyConnected())
    let b = sketch.node(.mul, [a, sketch.random([4])], [1, 4], options: .mul())
    let c = sketch.node(.fullyConnected, [b, weights, nil], [1, 4], options: .fullyConnected())
    try RuleRun(FoldArithmetic(), sketch.model(c))
      .expectRefusal("the filter of FULLY_CONNECTED 0 is also used by FULLY_CONNECTED 2")
  }

  @Test func sharedBuffersStay() throws {
    let sketch = Sketch()
    let x = sketch.input([1, 4])
    let weights = sketch.random([4, 4])
    let other = sketch.random([4, 4])
    let data = sketch.graph[weights].data
    sketch.change(other) { $0.data = data }
    let a = sketch.node(.fullyConnected, [x, weights, nil], [1, 4], options: .fullyConnected())
    let b = sketch.node(.mul, [a, sketch.random([4])], [1, 4], options: .mul())
    let c = sketch.node(.fullyConnected, [b, other, nil], [1, 4], options: .fullyConnected())
    try RuleRun(FoldArithmetic(), sketch.model(c))
      .expectRefusal("the filter of FULLY_CONNECTED 0 shares its data with another tensor")
  }

  @Test func outputsInBetweenStay() throws {
    let sketch = Sketch()
    let x = sketch.input([1, 4])
    let a = sketch.node(
      .fullyConnected, [x, sketch.random([4, 4]), nil], [1, 4], options: .fullyConnected())
    let b = sketch.node(.mul, [a, sketch.random([4])], [1, 4], options: .mul())
    try RuleRun(FoldArithmetic(), sketch.model(b, a))
      .expectRefusal("the result of FULLY_CONNECTED 0 is also an output of the model")
  }

  @Test func halfPrecisionWeightsStay() throws {
    let sketch = Sketch()
    let x = sketch.input([1, 2])
    let packed = sketch.constant([2, 2], .float16, [0, 0x38, 0, 0x3C, 0, 0x40, 0, 0x34])
    let weights = sketch.node(.dequantize, [packed], [2, 2])
    let a = sketch.node(.fullyConnected, [x, weights, nil], [1, 2], options: .fullyConnected())
    let b = sketch.node(.mul, [a, sketch.random([2])], [1, 2], options: .mul())
    try RuleRun(FoldArithmetic(), sketch.model(b))
      .expectRefusal("the weights are computed by DEQUANTIZE 0")
  }

  @Test func residualSumIsNotArithmeticWithConstants() throws {
    let model = model(.conv2D) { sketch, y, shape in
      sketch.node(.add, [y, sketch.input(shape)], shape, options: .add())
    }
    try RuleRun(FoldArithmetic(), model).expectNothing()
  }
}
