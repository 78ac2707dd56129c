import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct FoldArithmeticAheadTests {
  /// Arithmetic on an image of 4 channels, and a layer behind it.
  private func model(
    _ layer: BuiltinOperator, isSame: Bool = false, hasBias: Bool = true,
    _ head: (Sketch, ValueID, [Int32]) -> ValueID
  ) -> Model {
    let sketch = Sketch()
    let shape: [Int32] = [1, 5, 5, 4]
    let middle = head(sketch, sketch.input(shape), shape)
    let bias: [ValueID?] = hasBias ? [sketch.random([8])] : [nil]
    let size: Int32 = isSame ? 5 : 3
    let y: ValueID
    switch layer {
    case .fullyConnected:
      y = sketch.node(
        layer, [middle, sketch.random([8, 100])] + bias, [1, 8], options: .fullyConnected(1))
    case .depthwiseConv2D:
      y = sketch.node(
        layer, [middle, sketch.random([1, 3, 3, 8])] + bias, [1, size, size, 8],
        options: .convolution(isSame: isSame, activation: 1, multiplier: 2))
    default:
      y = sketch.node(
        layer, [middle, sketch.random([8, 3, 3, 4])] + bias, [1, size, size, 8],
        options: .convolution(isSame: isSame, activation: 1))
    }
    return sketch.model(y)
  }

  @Test(arguments: [BuiltinOperator.conv2D, .depthwiseConv2D, .fullyConnected], [false, true])
  func normalizationIsFolded(layer: BuiltinOperator, hasBias: Bool) throws {
    let model = model(layer, hasBias: hasBias) { sketch, x, shape in
      let a = sketch.node(.sub, [x, sketch.filled([], 0.5)], shape, options: .sub())
      let b = sketch.node(.mul, [sketch.random([4]), a], shape, options: .mul())
      let c = sketch.node(.sub, [sketch.random([1, 1, 1, 4]), b], shape, options: .sub())
      return sketch.node(.div, [c, sketch.random([4], in: 0.5...2)], shape, options: .div())
    }
    try RuleRun(FoldArithmeticAhead(), model).expect([layer.name], relative: 1e-5)
  }

  @Test func paddingTakesAScaleOnly() throws {
    let scaled = model(.conv2D, isSame: true) { sketch, x, shape in
      sketch.node(.mul, [x, sketch.random([4])], shape, options: .mul())
    }
    try RuleRun(FoldArithmeticAhead(), scaled).expect(["CONV_2D"], relative: 1e-5)
    let shifted = model(.conv2D, isSame: true) { sketch, x, shape in
      sketch.node(.add, [x, sketch.random([4])], shape, options: .add())
    }
    try RuleRun(FoldArithmeticAhead(), shifted)
      .expectRefusal("it pads with zeros, to which nothing is added")
  }

  @Test func otherAxesAndActivationsStay() throws {
    let pixels = model(.conv2D) { sketch, x, shape in
      sketch.node(.mul, [x, sketch.random([5, 1])], shape, options: .mul())
    }
    try RuleRun(FoldArithmeticAhead(), pixels)
      .expectRefusal("the constant of MUL 0 differs along other axes than the channels")
    let clamped = model(.conv2D) { sketch, x, shape in
      sketch.node(.mul, [x, sketch.random([4])], shape, options: .mul(1))
    }
    try RuleRun(FoldArithmeticAhead(), clamped).expectRefusal("MUL 0 applies an activation")
  }

  @Test func groupsStay() throws {
    let sketch = Sketch()
    let x = sketch.input([1, 2, 2, 4])
    let a = sketch.node(.mul, [x, sketch.random([4])], [1, 2, 2, 4], options: .mul())
    let y = sketch.node(.conv2D, [a, sketch.random([2, 1, 1, 2])], [1, 2, 2, 2], options: .convolution())
    try RuleRun(FoldArithmeticAhead(), sketch.model(y)).expectRefusal("its groups read other channels each")
  }

  @Test func otherReadersKeepIt() throws {
    let sketch = Sketch()
    let x = sketch.input([1, 4])
    let a = sketch.node(.mul, [x, sketch.random([4])], [1, 4], options: .mul())
    let y = sketch.node(
      .fullyConnected, [a, sketch.random([2, 4]), nil], [1, 2], options: .fullyConnected())
    try RuleRun(FoldArithmeticAhead(), sketch.model(y, a))
      .expectRefusal("the result of MUL 0 is also an output of the model")
  }
}
