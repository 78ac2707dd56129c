package import GraphIR

/// How CONV_2D, DEPTHWISE_CONV_2D or FULLY_CONNECTED makes a stored output from a sum over taps: the numbers on which
/// the node's own kernel runs, for analyses that know a range of the sum and no input.
package struct LayerArithmetic: Sendable {
  /// Whether some output reads fewer taps than the filter has, because the others lie in the padding.
  package let isPadded: Bool
  private let form: Form

  private enum Form: Sendable {
    case float(ClosedRange<Float>)
    case integer(ConvolutionQuantization, sumsIn32Bits: Bool)
  }

  /// - Returns: nil for other operators, several groups, types that mix integers and floats, and nodes that nnopt does
  ///   not run.
  package init?(_ node: Node, in graph: Graph) {
    guard let type = Registry.operator(for: node.code),
      let kernel = try? type.makeKernel(NodeContext(node, in: graph, keepsElementOrder: true))
    else { return nil }
    let shape: ConvolutionShape
    switch kernel {
    case let kernel as FloatConvolution:
      (shape, form) = (kernel.shape, .float(kernel.range))
    case let kernel as Int8Convolution:
      guard kernel.operands.filterType == .int8 else { return nil }
      (shape, form) = (kernel.shape, .integer(kernel.quantization, sumsIn32Bits: true))
    case let kernel as UInt8Convolution:
      (shape, form) = (kernel.shape, .integer(kernel.quantization, sumsIn32Bits: true))
    case let kernel as Int16Convolution:
      guard kernel.operands.filterType == .int8 else { return nil }
      (shape, form) = (kernel.shape, .integer(kernel.quantization, sumsIn32Bits: kernel.sumsIn32Bits))
    default: return nil
    }
    guard shape.isDense || shape.isDepthwise else { return nil }
    isPadded = Self.isPadded(shape.rows) || Self.isPadded(shape.columns)
  }

  /// Added to stored inputs before they are multiplied.
  package var inputOffset: Int64 {
    if case .integer(let quantization, _) = form { Int64(quantization.inputOffset) } else { 0 }
  }

  /// Added to stored weights before they are multiplied.
  package var filterOffset: Int64 {
    if case .integer(let quantization, _) = form { Int64(quantization.filterOffset) } else { 0 }
  }

  /// Sums that the accumulator holds without wrapping.
  package var sums: ClosedRange<Double> {
    switch form {
    case .float: -Double.infinity...Double.infinity
    case .integer(_, let sumsIn32Bits):
      sumsIn32Bits ? Double(Int32.min)...Double(Int32.max) : -0x1p47...0x1p47
    }
  }

  /// The stored output of a sum, bias counted; grows with it.
  package func output(of sum: Double, channel: Int) -> Double {
    switch form {
    case .float(let range): Double(min(max(Float(sum), range.lowerBound), range.upperBound))
    case .integer(let quantization, true): Double(quantization.output(Int32(sum), channel))
    case .integer(let quantization, false): Double(quantization.output(Int64(sum), channel))
    }
  }

  private static func isPadded(_ window: Window) -> Bool {
    window.output > 0
      && [0, window.output - 1].contains { window.validTaps(at: $0).count < window.taps }
  }
}
