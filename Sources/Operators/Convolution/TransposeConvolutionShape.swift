import Tensors

/// The index arithmetic of a transposed convolution: every input element adds to a window of the output.
struct TransposeConvolutionShape: Sendable {
  let batches: Int
  /// The forward convolutions whose input is this operator's output.
  let rows: Window
  let columns: Window
  let inputHeight: Int
  let inputWidth: Int
  let inputChannels: Int
  let outputChannels: Int

  var inputCount: Int { batches * inputHeight * inputWidth * inputChannels }
  var outputCount: Int { batches * rows.input * columns.input * outputChannels }

  /// Calls back for every product, in TensorFlow Lite's order, with the indices of its three elements.
  @inline(__always)
  func forEachProduct(_ body: (_ output: Int, _ input: Int, _ weight: Int, _ batch: Int) -> Void) {
    guard outputCount > 0 else { return }
    for pixel in 0..<batches * inputHeight * inputWidth {
      let (line, column) = pixel.quotientAndRemainder(dividingBy: inputWidth)
      let (batch, row) = line.quotientAndRemainder(dividingBy: inputHeight)
      let top = row * rows.stride - rows.paddingBefore
      let left = column * columns.stride - columns.paddingBefore
      for channel in 0..<inputChannels {
        for tapRow in max(0, -top)..<max(0, -top, min(rows.taps, rows.input - top)) {
          for tapColumn in max(0, -left)..<max(0, -left, min(columns.taps, columns.input - left)) {
            let target = (batch * rows.input + top + tapRow) * columns.input + left + tapColumn
            for outputChannel in 0..<outputChannels {
              let tap = (outputChannel * rows.taps + tapRow) * columns.taps + tapColumn
              body(
                target * outputChannels + outputChannel, pixel * inputChannels + channel,
                tap * inputChannels + channel, batch)
            }
          }
        }
      }
    }
  }
}

extension TransposeConvolutionShape {
  /// - Throws: `invalidShape` where shapes do not fit each other or the constant output shape.
  init(_ context: NodeContext) throws(KernelError) {
    let filter = try context.inputShape(1, rank: 4)
    let input = try context.inputShape(2, rank: 4)
    let output = try context.outputShape()
    if let requested = try context.constantIntegers(0), requested != output.dimensions {
      throw .wrongOutput(
        0, gives: requested, reason: "output is \(output), but input 0 asks for \(requested)")
    }
    guard output.rank == 4, output[0] == input[0], output[3] == filter[0], input[3] == filter[3] else {
      throw .invalidShape("input 2 is \(input), input 1 (filter) is \(filter), but output is \(output)")
    }
    let isSame = context.attributes.integer("padding") == 0
    rows = try Self.window(output[1], filter[1], context.attributes.integer("stride_h"), isSame)
    columns = try Self.window(output[2], filter[2], context.attributes.integer("stride_w"), isSame)
    batches = input[0]
    inputHeight = input[1]
    inputWidth = input[2]
    inputChannels = input[3]
    outputChannels = filter[0]
  }

  private static func window(
    _ size: Int, _ taps: Int, _ stride: Int, _ isSame: Bool
  ) throws(KernelError) -> Window {
    let steps = Window.outputSize(input: size, taps: taps, stride: stride, dilation: 1, isSame: isSame)
    return try Window(input: size, output: steps, taps: taps, stride: stride)
  }
}
