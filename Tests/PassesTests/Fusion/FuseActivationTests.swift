import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct FuseActivationTests {
  private func sum(
    _ activation: BuiltinOperator, host: Int = 0, _ type: ElementType = .float32,
    _ first: Quantization? = nil,
    _ second: Quantization? = nil
  ) -> Model {
    let sketch = Sketch()
    let x = sketch.input([4, 8], type, first)
    let a = sketch.node(.add, [x, x], [4, 8], type, first, options: .add(host))
    return sketch.model(sketch.node(activation, [a], [4, 8], type, second ?? first))
  }

  @Test(arguments: [(BuiltinOperator.relu, 1), (.reluN1To1, 2), (.relu6, 3)])
  func floatsTakeEveryActivation(activation: BuiltinOperator, raw: Int) throws {
    let run = try RuleRun(FuseActivation(), sum(activation))
    try run.expect(["ADD"])
    #expect(run.result.graphs[0].nodes[0].attributes.integer("fused_activation_function") == raw)
  }

  @Test func twoClampsAreOne() throws {
    try RuleRun(FuseActivation(), sum(.relu6, host: 1)).expect(["ADD"])
    try RuleRun(FuseActivation(), sum(.reluN1To1, host: 1))
      .expectRefusal("no fused activation clamps as relu and reluN1To1 together do")
  }

  @Test(arguments: [BuiltinOperator.relu, .relu6], [ElementType.int8, .uint8, .int16])
  func integersOfOneScaleAreExact(activation: BuiltinOperator, type: ElementType) throws {
    let zeroPoint: Int64 = type == .int16 ? 0 : type == .uint8 ? 100 : -20
    try RuleRun(FuseActivation(), sum(activation, type, .scale(type == .int16 ? 0.001 : 0.07, zeroPoint)))
      .expect(["ADD"])
  }

  @Test func otherScaleStays() throws {
    try RuleRun(FuseActivation(), sum(.relu, .int8, .scale(0.1), .scale(0.05, -128))).expectRefusal(
      "it has another scale or zero point than its operand, so that numbers are rounded twice")
  }

  @Test func everyHostTakesIt() throws {
    let sketch = Sketch()
    let x = sketch.input([1, 4, 4, 2])
    let pool = Sketch.Options(
      code: 5, type: "Pool2DOptions",
      fields: ["padding", "stride_w", "stride_h", "filter_width", "filter_height"].map { ($0, .integer(1)) })
    var y = x
    for host in [BuiltinOperator.mul, .sub, .div] {
      let options: Sketch.Options = host == .mul ? .mul() : host == .sub ? .sub() : .div()
      y = sketch.node(host, [y, sketch.random([2], in: 0.5...1)], [1, 4, 4, 2], options: options)
      y = sketch.node(.relu, [y], [1, 4, 4, 2])
    }
    for host in [BuiltinOperator.averagePool2D, .maxPool2D] {
      y = sketch.node(host, [y], [1, 4, 4, 2], options: pool)
      y = sketch.node(.relu6, [y], [1, 4, 4, 2])
    }
    y = sketch.node(
      .conv2D, [y, sketch.random([2, 1, 1, 2]), sketch.bias(2)], [1, 4, 4, 2], options: .convolution())
    y = sketch.node(.relu, [y], [1, 4, 4, 2])
    try RuleRun(FuseActivation(), sketch.model(y))
      .expect(["MUL", "SUB", "DIV", "AVERAGE_POOL_2D", "MAX_POOL_2D", "CONV_2D"])
  }

  @Test func sumsThatOthersSeeStay() throws {
    let sketch = Sketch()
    let x = sketch.input([4])
    let a = sketch.node(.add, [x, x], [4], options: .add())
    let y = sketch.node(.relu, [a], [4])
    try RuleRun(FuseActivation(), sketch.model(y, a))
      .expectRefusal("the result of ADD 0 is also an output of the model")
    let z = sketch.node(.neg, [a], [4])
    try RuleRun(FuseActivation(), sketch.model(y, z))
      .expectRefusal("the result of ADD 0 is also used by NEG 2")
  }

  @Test func concatenationStays() throws {
    let sketch = Sketch()
    let x = sketch.input([4])
    let a = sketch.node(.concatenation, [x, x], [8], options: .concatenation(axis: 0))
    try RuleRun(FuseActivation(), sketch.model(sketch.node(.relu, [a], [8])))
      .expectRefusal("no runtime applies an activation that is fused into CONCATENATION")
  }
}
