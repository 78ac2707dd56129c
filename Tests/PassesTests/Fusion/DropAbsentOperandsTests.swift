import GraphIR
import Passes
import Testing
import _TestSupport

@Suite struct DropAbsentOperandsTests {
  private func layer(_ builtin: BuiltinOperator) -> Model {
    let sketch = Sketch()
    let x = sketch.input([1, 4, 4, 2])
    switch builtin {
    case .conv2D:
      return sketch.model(
        sketch.node(
          .conv2D, [x, sketch.random([3, 3, 3, 2]), nil], [1, 2, 2, 3], options: .convolution()))
    case .depthwiseConv2D:
      return sketch.model(
        sketch.node(
          .depthwiseConv2D, [x, sketch.random([1, 3, 3, 2]), nil], [1, 2, 2, 2],
          options: .convolution(multiplier: 1)))
    default:
      let y = sketch.node(
        .reshape, [x], [1, 32], options: .reshape)
      return sketch.model(
        sketch.node(.fullyConnected, [y, sketch.random([3, 32]), nil], [1, 3], options: .fullyConnected()))
    }
  }

  @Test(arguments: [BuiltinOperator.conv2D, .depthwiseConv2D]) func biasesThatAreNoneGo(
    builtin: BuiltinOperator
  )
    throws
  {
    let run = try RuleRun(DropAbsentOperands(), layer(builtin))
    try run.expect([builtin == .conv2D ? "CONV_2D" : "DEPTHWISE_CONV_2D"])
    #expect(run.result.graphs[0].nodes[0].inputs.count == 2)
  }

  @Test func denseLayersKeepThem() throws {
    try RuleRun(DropAbsentOperands(), layer(.fullyConnected)).expectNothing()
  }
}
