package import GraphIR
import Tensors

/// Depthwise 2-D convolution: input N×H×W×C, filter 1×h×w×C·m, bias C·m (optional), output N×H′×W′×C·m.
///
/// float32, int8 and int16 equal TFLM's kernel; uint8 and float32 with int8 weights equal LiteRT's
/// reference kernel.
package enum DepthwiseConv2D: Operator {
  package static let builtin = BuiltinOperator.depthwiseConv2D

  package static func multiplyAccumulates(of node: Node, in graph: Graph) -> Int {
    guard let filter = graph.inputShape(1, of: node), let output = graph.outputShape(0, of: node),
      filter.rank == 4
    else { return 0 }
    return output.elementCount.saturatingMultiply(filter[1]).saturatingMultiply(filter[2])
  }

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let input = try context.inputShape(0, rank: 4)
    let filter = try context.inputShape(1, rank: 4)
    let channels = (count: filter[3], source: "input 1 (filter) is \(filter)")
    let axes = try SpatialAxes(
      context, input: input, filterHeight: filter[1], filterWidth: filter[2], channels: channels)
    guard filter[0] == 1 else { throw .invalidShape("input 1 (filter) is \(filter)") }
    guard input[3] > 0, filter[3] > 0, filter[3] % input[3] == 0 else {
      throw .invalidShape(
        "input 1 (filter) is \(filter): its channels are no multiple of the input's \(input[3])")
    }
    var convolution = Convolution(
      name: "DEPTHWISE_CONV_2D",
      shape: .depthwise(
        batches: input[0], rows: axes.rows, columns: axes.columns, inputChannels: input[3],
        multiplier: filter[3] / input[3]),
      operands: try ConvolutionOperands(
        context, input: 0, filter: 1, bias: 2, outputChannels: filter[3]),
      activation: FusedActivation(context.attributes))
    let types = (convolution.operands.inputType, convolution.operands.filterType)
    guard types.1 != .int4 || types.0 == .int8 else {
      throw .unsupportedType("input 1 is int4 and input 0 is \(types.0); int4 weights need an int8 input")
    }
    convolution.isHybridAsymmetric = true
    convolution.takes32BitBias = false
    return try convolution.makeKernel(context)
  }
}
