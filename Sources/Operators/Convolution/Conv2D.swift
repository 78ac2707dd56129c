package import GraphIR
import Tensors

/// 2-D convolution: input N×H×W×C, filter O×h×w×C/groups, bias O (optional), output N×H′×W′×O.
///
/// float32, int8 and int16 equal TFLM's kernel; uint8 and float32 with int8 or int4 weights equal LiteRT's
/// reference kernel.
package enum Conv2D: Operator {
  package static let builtin = BuiltinOperator.conv2D

  package static func multiplyAccumulates(of node: Node, in graph: Graph) -> Int {
    guard let filter = graph.inputShape(1, of: node), let output = graph.outputShape(0, of: node),
      filter.rank == 4
    else { return 0 }
    return output.elementCount.saturatingMultiply(filter[1]).saturatingMultiply(filter[2])
      .saturatingMultiply(filter[3])
  }

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let input = try context.inputShape(0, rank: 4)
    let filter = try context.inputShape(1, rank: 4)
    let channels = (count: filter[0], source: "input 1 (filter) is \(filter)")
    let axes = try SpatialAxes(
      context, input: input, filterHeight: filter[1], filterWidth: filter[2], channels: channels)
    guard filter[0] > 0 else { throw .invalidShape("input 1 (filter) is \(filter)") }
    guard filter[3] > 0, input[3] % filter[3] == 0, input[3] > 0, filter[0] % (input[3] / filter[3]) == 0
    else {
      throw .invalidShape("input 0 is \(input) and input 1 (filter) is \(filter): the groups do not divide")
    }
    let operands = try ConvolutionOperands(context, input: 0, filter: 1, bias: 2, outputChannels: filter[0])
    let scales = try context.input(1).quantization?.scales ?? []
    var convolution = Convolution(
      name: "CONV_2D",
      shape: .dense(
        batches: input[0], rows: axes.rows, columns: axes.columns, inputChannels: input[3],
        outputChannels: filter[0], depth: filter[3]),
      operands: operands, activation: FusedActivation(context.attributes))
    convolution.sumsIn32BitsWithoutBias = context.hasBiasType(.int32)
    convolution.isHybridAsymmetric = filter[3] != input[3] || scales.contains { $0 != scales[0] }
    convolution.scalesByFilterFirst = convolution.isHybridAsymmetric
    return try convolution.makeKernel(context)
  }
}
