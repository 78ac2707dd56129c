/// The index arithmetic that convolutions share: NHWC input and output, and a filter in which an output
/// channel reads `depth` neighbouring input channels per tap.
///
/// CONV_2D (with groups), DEPTHWISE_CONV_2D and FULLY_CONNECTED differ only in the strides.
struct ConvolutionShape: Sendable, Equatable {
  let batches: Int
  let rows: Window
  let columns: Window
  let inputChannels: Int
  let outputChannels: Int
  /// Input channels that one output channel reads.
  let depth: Int
  /// Output channels that read the same input channels.
  let outputsPerGroup: Int
  /// Elements of the filter from one output channel to the next.
  let filterOutputStride: Int
  /// Elements of the filter from one tap to the next.
  let filterTapStride: Int

  /// Whether every output channel reads every input channel, with its weights side by side.
  var isDense: Bool { depth == inputChannels && filterTapStride == depth }

  /// Whether every output channel reads one input channel, and a tap's weights stand side by side.
  var isDepthwise: Bool { depth == 1 && filterOutputStride == 1 }

  var taps: Int { rows.taps * columns.taps }
  var inputCount: Int { batches * rows.input * columns.input * inputChannels }
  var outputCount: Int { batches * rows.output * columns.output * outputChannels }
  var filterCount: Int { taps * depth * outputChannels }

  /// A convolution whose filter is O×h×w×(C/groups).
  ///
  /// - Precondition: the counts of all three tensors fit in `Int`, and `depth` divides `inputChannels`.
  static func dense(
    batches: Int, rows: Window, columns: Window, inputChannels: Int, outputChannels: Int, depth: Int
  ) -> ConvolutionShape {
    ConvolutionShape(
      batches: batches, rows: rows, columns: columns, inputChannels: inputChannels,
      outputChannels: outputChannels, depth: depth,
      outputsPerGroup: max(1, outputChannels / max(1, inputChannels / max(1, depth))),
      filterOutputStride: rows.taps * columns.taps * depth, filterTapStride: depth)
  }

  /// A convolution whose filter is 1×h×w×(C·multiplier).
  static func depthwise(
    batches: Int, rows: Window, columns: Window, inputChannels: Int, multiplier: Int
  ) -> ConvolutionShape {
    ConvolutionShape(
      batches: batches, rows: rows, columns: columns, inputChannels: inputChannels,
      outputChannels: inputChannels * multiplier, depth: 1, outputsPerGroup: multiplier,
      filterOutputStride: 1, filterTapStride: inputChannels * multiplier)
  }

  /// Calls back for every output element in order.
  @inline(__always)
  func forEachOutput(
    _ body: (_ output: Int, _ channel: Int, _ taps: ConvolutionTaps) -> Void
  ) {
    guard outputCount > 0 else { return }
    var output = 0
    for batch in 0..<batches {
      for row in 0..<rows.output {
        for column in 0..<columns.output {
          let taps = ConvolutionTaps(self, batch: batch, row: row, column: column)
          for channel in 0..<outputChannels {
            body(output, channel, taps)
            output += 1
          }
        }
      }
    }
  }
}

/// The taps of a convolution that meet the input at one output position.
struct ConvolutionTaps {
  let batch: Int
  private let shape: ConvolutionShape
  private let rows: Range<Int>
  private let columns: Range<Int>
  /// The input's row and column under the first tap, padding counted.
  private let top: Int
  private let left: Int

  @inline(__always)
  init(_ shape: ConvolutionShape, batch: Int, row: Int, column: Int) {
    self.shape = shape
    self.batch = batch
    rows = shape.rows.validTaps(at: row)
    columns = shape.columns.validTaps(at: column)
    top = row * shape.rows.stride - shape.rows.paddingBefore
    left = column * shape.columns.stride - shape.columns.paddingBefore
  }

  /// Calls back with the indices of every input element and the weight that meets it, in the order in
  /// which TensorFlow Lite sums.
  @inline(__always)
  func forEach(_ channel: Int, _ body: (_ input: Int, _ weight: Int) -> Void) {
    let firstInput = channel / shape.outputsPerGroup * shape.depth
    for tapRow in rows {
      let row = batch * shape.rows.input + top + tapRow * shape.rows.dilation
      for tapColumn in columns {
        let pixel = row * shape.columns.input + left + tapColumn * shape.columns.dilation
        let input = pixel * shape.inputChannels + firstInput
        let tap = tapRow * shape.columns.taps + tapColumn
        let weight = channel * shape.filterOutputStride + tap * shape.filterTapStride
        for index in 0..<shape.depth { body(input + index, weight + index) }
      }
    }
  }
}
