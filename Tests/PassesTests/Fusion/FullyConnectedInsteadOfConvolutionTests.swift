import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct FullyConnectedInsteadOfConvolutionTests {
  /// A convolution over a whole image, and a RESHAPE.
  private func model(
    size: Int32, _ type: ElementType = .float32, weights: Quantization? = nil, result: [Int32] = [1, 3]
  ) -> Model {
    let sketch = Sketch()
    let q: Quantization? = type == .int8 ? .scale(0.1, 4) : nil
    let x = sketch.input([1, size, size, 4], type, q)
    let shape = [3, size, size, 4]
    let filter = weights.map { sketch.randomBytes(shape, $0) } ?? sketch.random(shape)
    let a = sketch.node(
      .conv2D, [x, filter, sketch.bias(3, bytes: weights == nil ? nil : 0.1 * 0.02)], [1, 1, 1, 3], type, q,
      options: .convolution(activation: 1))
    let y = sketch.node(.reshape, [a, sketch.integers(result)], result, type, q, options: .reshape)
    return sketch.model(y)
  }

  @Test(arguments: [1, 3])
  func floatsAreOneLayer(size: Int32) throws {
    try RuleRun(FullyConnectedInsteadOfConvolution(), model(size: size)).expect(
      ["FULLY_CONNECTED"], relative: 1e-6)
  }

  @Test func bytesStay() throws {
    try RuleRun(FullyConnectedInsteadOfConvolution(), model(size: 1, .int8, weights: .scale(0.02)))
      .expectRefusal("FULLY_CONNECTED rounds int8 in another way than CONV_2D")
  }

  @Test func otherResultsStay() throws {
    try RuleRun(FullyConnectedInsteadOfConvolution(), model(size: 1, result: [3]))
      .expectRefusal("its result is not one row for each image, which FULLY_CONNECTED gives")
  }
}
