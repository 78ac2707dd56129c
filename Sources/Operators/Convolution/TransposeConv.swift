package import GraphIR
import Tensors

/// Transposed 2-D convolution: output shape, filter O×h×w×C, input N×H×W×C, bias O (optional), output
/// N×H′×W′×O.
///
/// float32, int8 and int16 equal TFLM's kernel; uint8 and float32 with int8 weights equal LiteRT's
/// reference kernel.
package enum TransposeConv: Operator {
  package static let builtin = BuiltinOperator.transposeConv

  package static func multiplyAccumulates(of node: Node, in graph: Graph) -> Int {
    guard let filter = graph.inputShape(1, of: node), let input = graph.inputShape(2, of: node),
      filter.rank == 4
    else { return 0 }
    return input.elementCount.saturatingMultiply(filter[0]).saturatingMultiply(filter[1])
      .saturatingMultiply(filter[2])
  }

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let shape = try TransposeConvolutionShape(context)
    let operands = try ConvolutionOperands(
      context, input: 2, filter: 1, bias: 3, outputChannels: shape.outputChannels)
    let activation = FusedActivation(context.attributes)
    func quantization(_ isLegacy: Bool) throws(KernelError) -> ConvolutionQuantization {
      try ConvolutionQuantization(
        context, operands, channels: shape.outputChannels, product: isLegacy ? .legacy : .exact,
        usesFilterZeroPoint: isLegacy, activation: activation)
    }
    switch (operands.inputType, operands.filterType) {
    case (.float32, .float32):
      try operands.requireBias(.float32)
      return FloatTransposeConvolution(shape: shape, operands: operands, range: activation.floatRange)
    case (.float32, .int8):
      try operands.requireBias(.float32)
      let scales = try ConvolutionQuantization.filterScales(
        context.input(1), 1, channels: shape.outputChannels)
      return HybridTransposeConvolution(
        shape: shape, operands: operands, filterScales: scales, range: activation.floatRange)
    case (.int8, .int8):
      try operands.requireBias(.int32)
      return IntegerTransposeConvolution<Int8>(
        shape: shape, operands: operands, quantization: try quantization(false)
      ).specialized()
    case (.uint8, .uint8):
      try operands.requireBias(.int32)
      return IntegerTransposeConvolution<UInt8>(
        shape: shape, operands: operands, quantization: try quantization(true)
      ).specialized()
    case (.int16, .int8):
      // TFLM reads the bias as int64, whatever the options announce.
      try operands.requireBias(.int64)
      return Int16TransposeConvolution(
        shape: shape, operands: operands, quantization: try quantization(false).withoutOffsets)
    case (let input, let filter):
      throw .unsupportedType(
        "input 2 is \(input) and input 1 is \(filter); TRANSPOSE_CONV takes float32 with float32 or int8 "
          + "weights, int8 and int16 with int8 weights, and uint8 with uint8 weights")
    }
  }
}
