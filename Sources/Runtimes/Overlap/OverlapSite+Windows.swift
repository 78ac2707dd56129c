import GraphIR
import Operators
import Tensors

extension OverlapSite {
  /// CONV_2D reads a pixel's whole window for every output channel.
  var convolutionRule: OverlapRule {
    guard position == 0, let filter = operand(1), filter.rank == 4,
      let windows = windows(filterHeight: filter.dimension(1), filterWidth: filter.dimension(2))
    else { return .disjoint }
    return leastDistance(windows.rows, windows.columns, lastChannelOffset: 0)
  }

  /// DEPTHWISE_CONV_2D reads one channel of the window for `depth_multiplier` outputs.
  var depthwiseRule: OverlapRule {
    guard position == 0, let filter = operand(1), filter.rank == 4,
      let windows = windows(filterHeight: filter.dimension(1), filterWidth: filter.dimension(2))
    else { return .disjoint }
    return leastDistance(windows.rows, windows.columns, lastChannelOffset: input.dimension(3) - 1)
  }

  /// Pools read one channel of the window for an output.
  var poolRule: OverlapRule {
    let options = node.attributes
    guard position == 0,
      let windows = windows(
        filterHeight: options.integer("filter_height"), filterWidth: options.integer("filter_width"))
    else { return .disjoint }
    return leastDistance(windows.rows, windows.columns, lastChannelOffset: input.dimension(3) - 1)
  }

  /// Larger images are not looked at pixel by pixel; no microcontroller holds them.
  private static let pixelLimit = 1 << 22

  /// - Parameter lastChannelOffset: elements by which what is read for a pixel's last output lies behind the
  ///   window's first element.
  private func leastDistance(_ rows: Window, _ columns: Window, lastChannelOffset: Int) -> OverlapRule {
    let channels = input.dimension(3)
    let outputChannels = output.dimension(3)
    guard channels > 0, outputChannels > 0, rows.input > 0, columns.input > 0, output.elementCount > 0,
      Int.product(output.dimension(0), rows.output, columns.output) <= Self.pixelLimit
    else { return .disjoint }
    let starts = columns.firstInputs
    let rowStarts = rows.firstInputs
    let batchPixels = rows.input * columns.input
    /// The first element that pixels still to come will read.
    var pending = input.elementCount
    var distance = 0
    var pixel = output.dimension(0) * rows.output * columns.output
    for batch in (0..<output.dimension(0)).reversed() {
      for row in rowStarts.reversed() {
        for column in starts.reversed() {
          pixel -= 1
          guard let row, let column else { continue }
          let first = (batch * batchPixels + row * columns.input + column) * channels
          let written = ((pixel + 1) * outputChannels - 1) * outputElement
          distance = max(distance, written - min(first + lastChannelOffset, pending) * inputElement)
          pending = min(pending, first)
        }
      }
    }
    return .startsBefore(distance)
  }
}

extension Window {
  /// The first input position under each output position; nil where the window meets none.
  fileprivate var firstInputs: [Int?] {
    (0..<max(0, output)).map { position in
      let taps = validTaps(at: position)
      return taps.isEmpty ? nil : position * stride - paddingBefore + taps.lowerBound * dilation
    }
  }
}
