import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct DilateConvolutionTests {
  /// SPACE_TO_BATCH_ND by 2, a 3×3 convolution, BATCH_TO_SPACE_ND.
  private func model(pads: [Int32], crops: [Int32], stride: Int = 1, isByte: Bool = false) -> Model {
    let sketch = Sketch()
    let (type, q): (ElementType, Quantization?) = isByte ? (.int8, .scale(0.1, 5)) : (.float32, nil)
    let x = sketch.input([1, 7, 8, 2], type, q)
    let block = sketch.integers([2, 2])
    let height = (7 + pads[0] + pads[1]) / 2
    let width = (8 + pads[2] + pads[3]) / 2
    let a = sketch.node(
      .spaceToBatchND, [x, block, sketch.integers(pads, [2, 2])], [4, height, width, 2], type, q)
    let size = [
      (height - 2 + Int32(stride) - 1) / Int32(stride), (width - 2 + Int32(stride) - 1) / Int32(stride),
    ]
    let weights = isByte ? sketch.randomBytes([3, 3, 3, 2], .scale(0.02)) : sketch.random([3, 3, 3, 2])
    let bias = sketch.bias(3, bytes: isByte ? 0.1 * 0.02 : nil)
    let b = sketch.node(
      .conv2D, [a, weights, bias], [4, size[0], size[1], 3], type, q, options: .convolution(stride: stride))
    let y = sketch.node(
      .batchToSpaceND, [b, block, sketch.integers(crops, [2, 2])],
      [1, size[0] * 2 - crops[0] - crops[1], size[1] * 2 - crops[2] - crops[3], 3], type, q)
    return sketch.model(y)
  }

  @Test(arguments: [false, true])
  func paddedFormIsSame(isByte: Bool) throws {
    try RuleRun(DilateConvolution(), model(pads: [2, 3, 2, 2], crops: [0, 1, 0, 0], isByte: isByte))
      .expect(["CONV_2D"])
  }

  @Test func unpaddedFormIsValid() throws {
    let run = try RuleRun(DilateConvolution(), model(pads: [0, 1, 0, 0], crops: [0, 1, 0, 0]))
    try run.expect(["CONV_2D"])
    let options = run.result.graphs[0].nodes[0].attributes
    #expect(options.integer("padding") == 1)
    #expect(options.integer("dilation_h_factor") == 2)
  }

  @Test func otherPaddingStays() throws {
    try RuleRun(DilateConvolution(), model(pads: [4, 1, 2, 2], crops: [0, 1, 0, 0]))
      .expectRefusal("neither SAME nor VALID pads 4 rows and 2 columns in front")
  }

  @Test func cropsInFrontStay() throws {
    try RuleRun(DilateConvolution(), model(pads: [2, 3, 2, 2], crops: [1, 0, 0, 0]))
      .expectRefusal("it cuts off rows or columns in front")
  }
}
