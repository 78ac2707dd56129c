import GraphIR
import Passes
import Tensors
import Testing
import _TestSupport

@Suite struct FoldPadTests {
  /// PAD, then a 3×3 convolution.
  private func model(
    _ pads: [Int32], size: (Int32, Int32) = (8, 8), stride: Int32 = 1, isByte: Bool = false,
    isDepthwise: Bool = false
  ) -> Model {
    let sketch = Sketch()
    let (type, q): (ElementType, Quantization?) = isByte ? (.int8, .scale(0.1, 5)) : (.float32, nil)
    let x = sketch.input([1, size.0, size.1, 2], type, q)
    let padded = [size.0 + pads[2] + pads[3], size.1 + pads[4] + pads[5]]
    let a = sketch.node(
      .pad, [x, sketch.integers(pads, [4, 2])], [1, padded[0], padded[1], 2 + pads[6] + pads[7]], type, q)
    let shape: [Int32] = isDepthwise ? [1, 3, 3, 2] : [2, 3, 3, 2 + pads[6] + pads[7]]
    let filter = isByte ? sketch.randomBytes(shape, .scale(0.02)) : sketch.random(shape)
    let y = sketch.node(
      isDepthwise ? .depthwiseConv2D : .conv2D,
      [a, filter, sketch.bias(2, bytes: isByte ? 0.1 * 0.02 : nil)],
      [1, (padded[0] - 3) / stride + 1, (padded[1] - 3) / stride + 1, 2], type, q,
      options: .convolution(stride: Int(stride), multiplier: isDepthwise ? 1 : nil))
    return sketch.model(y)
  }

  @Test(arguments: [false, true], [false, true])
  func samePaddingTakesIt(isByte: Bool, isDepthwise: Bool) throws {
    try RuleRun(FoldPad(), model([0, 0, 1, 1, 1, 1, 0, 0], isByte: isByte, isDepthwise: isDepthwise))
      .expect([isDepthwise ? "DEPTHWISE_CONV_2D" : "CONV_2D"])
  }

  @Test func converterFormOfStrideTwoIsSame() throws {
    try RuleRun(FoldPad(), model([0, 0, 0, 1, 0, 1, 0, 0], stride: 2)).expect(["CONV_2D"])
    try RuleRun(FoldPad(), model([0, 0, 1, 1, 1, 1, 0, 0], size: (7, 9), stride: 2)).expect(["CONV_2D"])
  }

  @Test func symmetricPaddingOfEvenImagesStays() throws {
    try RuleRun(FoldPad(), model([0, 0, 1, 1, 1, 1, 0, 0], stride: 2)).expectRefusal(
      "neither SAME nor VALID reads 1 rows and 1 columns of zeros in front of 8×8 pixels")
  }

  @Test func paddedChannelsStay() throws {
    try RuleRun(FoldPad(), model([0, 0, 1, 1, 1, 1, 0, 1]))
      .expectRefusal("PAD 0 pads channels or images, which a convolution cannot")
  }

  /// PADV2 with a number, read by two convolutions.
  private func shared(number: Float, second: Int) -> Model {
    let sketch = Sketch()
    let x = sketch.input([1, 8, 8, 2])
    let pads = sketch.integers([0, 0, 1, 1, 1, 1, 0, 0], [4, 2])
    let a = sketch.node(.padv2, [x, pads, sketch.filled([1], number)], [1, 10, 10, 2])
    let y = sketch.node(
      .conv2D, [a, sketch.random([2, 3, 3, 2]), sketch.bias(2)], [1, 8, 8, 2], options: .convolution())
    let size = Int32((10 - 3) / second + 1)
    let z = sketch.node(
      .conv2D, [a, sketch.random([2, 3, 3, 2]), sketch.bias(2)], [1, size, size, 2],
      options: .convolution(stride: second))
    return sketch.model(y, z)
  }

  @Test func allReadersDoWithout() throws {
    try RuleRun(FoldPad(), shared(number: 0, second: 1)).expect(["CONV_2D", "CONV_2D"])
  }

  @Test func oneReaderThatNeedsItKeepsIt() throws {
    try RuleRun(FoldPad(), shared(number: 0, second: 2))
      .expectRefusal("the padded value is also used by CONV_2D 2, which cannot do without")
  }

  @Test func otherNumbersStay() throws {
    try RuleRun(FoldPad(), shared(number: 1, second: 1))
      .expectRefusal("PADV2 0 pads with another number than zero, which a convolution cannot")
  }
}
