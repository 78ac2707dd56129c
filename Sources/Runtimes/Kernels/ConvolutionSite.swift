import GraphIR
import Operators
import Tensors

/// A convolution where its kernel prepares: input N×H×W×C, filter O×h×w×C, or 1×h×w×O depthwise.
struct ConvolutionSite {
  let input: Value
  let filter: Value
  let rows: Window
  let columns: Window

  var inputChannels: Int { input.dimension(3) }
  var taps: Int { .product(rows.taps, columns.taps) }
  var isPadded: Bool { rows.paddingBefore != 0 || columns.paddingBefore != 0 }
  var isUndilated: Bool { rows.dilation == 1 && columns.dilation == 1 }
  private var isUngrouped: Bool { inputChannels == filter.dimension(3) }

  /// Whether CMSIS-NN takes its 1×1 path.
  var isPointwise: Bool { taps == 1 && !isPadded && isUndilated && isUngrouped }

  /// Whether CMSIS-NN takes its path for one row of a filter over one row of input.
  var isRow: Bool {
    input.dimension(1) == 1 && columns.dilation == 1 && rows.taps == 1
      && columns.stride * inputChannels % 4 == 0 && isUngrouped
  }

  /// The same windows with a depthwise filter of one input channel taken for an ordinary one.
  var asOneChannelConvolution: ConvolutionSite {
    var filter = filter
    filter.dimensions = [1, Int32(clamping: rows.taps), Int32(clamping: columns.taps), 1]
    return ConvolutionSite(input: input, filter: filter, rows: rows, columns: columns)
  }
}

extension KernelSite {
  /// The node's convolution; nil where options or shapes are malformed.
  var geometry: ConvolutionSite? {
    guard let input = self[.input(0)], let filter = self[.input(1)], let output = self[.output(0)] else {
      return nil
    }
    func window(_ axis: Int, _ name: String) -> Window? {
      Window(
        node, name, input: input.dimension(axis), output: output.dimension(axis), taps: filter.dimension(axis)
      )
    }
    guard let rows = window(1, "h"), let columns = window(2, "w") else { return nil }
    return ConvolutionSite(input: input, filter: filter, rows: rows, columns: columns)
  }
}

extension Window {
  /// The windows along an axis, `h` or `w`, that a node's options give; nil where those are malformed.
  init?(_ node: Node, _ axis: String, input: Int, output: Int, taps: Int) {
    let stride = node.attributes.integer("stride_\(axis)")
    let dilation = node.attributes.integer("dilation_\(axis)_factor", default: 1)
    guard stride <= 1 << 20, dilation <= 1 << 20 else { return nil }
    guard
      let window = try? Window(input: input, output: output, taps: taps, stride: stride, dilation: dilation)
    else { return nil }
    self = window
  }
}
