import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct GiveBiasTests {
  private func model(isByte: Bool, absent: Bool = false) -> Model {
    let sketch = Sketch()
    let (type, q): (ElementType, Quantization?) = isByte ? (.int8, .scale(0.1, 5)) : (.float32, nil)
    let x = sketch.input([1, 4, 4, 2], type, q)
    let shape: [Int32] = [3, 3, 3, 2]
    let filter = isByte ? sketch.randomBytes(shape, .scale(0.02)) : sketch.random(shape)
    return sketch.model(
      sketch.node(
        .conv2D, [x, filter] + (absent ? [nil] : []), [1, 2, 2, 3], type, q, options: .convolution()))
  }

  @Test func integersGetOne() throws {
    let run = try RuleRun(GiveBias(), model(isByte: true))
    try run.expect(["CONV_2D"])
    let graph = run.result.graphs[0]
    let bias = graph[try #require(graph.nodes[0].inputs[2])]
    #expect(bias.elementType == .int32)
    #expect(bias.quantization?.scales == [Float(0.1) * Float(0.02)])
  }

  @Test func floatsGetOne() throws {
    let run = try RuleRun(GiveBias(), model(isByte: false))
    try run.expect(["CONV_2D"])
    let graph = run.result.graphs[0]
    #expect(graph[try #require(graph.nodes[0].inputs[2])].elementType == .float32)
    try RuleRun(GiveBias(), run.result).expectNothing()
  }

  @Test func cleanUpMendsAbsentOnes() throws {
    var mended = model(isByte: true, absent: true)
    var log = PassLog()
    try CleanUp().run(on: &mended, log: &log)
    #expect(mended.graphs[0].nodes[0].inputs.count == 3)
    #expect(!mended.graphs[0].nodes[0].inputs.contains(nil))
  }
}
