package import GraphIR
import Tensors

/// Fully connected layer: input of any shape with rows of I, weights O×I, bias O (optional), output rows of O.
///
/// float32, int8 and int16 equal TFLM's kernel; uint8, int16 with int4 weights, and float32 with int8,
/// uint8 or int4 weights equal LiteRT's reference kernel.
package enum FullyConnected: Operator {
  package static let builtin = BuiltinOperator.fullyConnected

  package static func multiplyAccumulates(of node: Node, in graph: Graph) -> Int {
    guard let weights = graph.inputShape(1, of: node), let output = graph.outputShape(0, of: node),
      weights.rank == 2
    else { return 0 }
    return output.elementCount.saturatingMultiply(weights[1])
  }

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let input = try context.inputShape(0)
    let weights = try context.inputShape(1, rank: 2)
    let (units, depth) = (weights[0], weights[1])
    let rows = try rows(context, input: input, weights: weights)
    guard context.attributes.integer("weights_format") == 0 else {
      throw .unsupported("weights_format is not DEFAULT")
    }
    let point = try Window(input: 1, output: 1, taps: 1, stride: 1)
    let isPerChannel = try (context.input(1).quantization?.scales ?? []).count > 1
    var layer = Convolution(
      name: "FULLY_CONNECTED",
      shape: .dense(
        batches: rows, rows: point, columns: point, inputChannels: depth, outputChannels: units, depth: depth),
      operands: try ConvolutionOperands(context, input: 0, filter: 1, bias: 2, outputChannels: units),
      activation: FusedActivation(context.attributes))
    layer.product = product(layer.operands, isPerChannel: isPerChannel)
    layer.unsignedProduct = .real
    layer.usesFilterZeroPoint = !isPerChannel
    layer.has16BitOffsets = true
    layer.sumsIn32BitsWithoutBias = context.hasBiasType(.int32)
    layer.isHybridAsymmetric = context.attributes.bool("asymmetric_quantize_inputs")
    return try layer.makeKernel(context)
  }

  /// Rows of the input, of which each gives one of the result.
  ///
  /// - Throws: `wrongOutput` where the result is declared with another number of them.
  private static func rows(
    _ context: NodeContext, input: Shape, weights: Shape
  ) throws(KernelError) -> Int {
    let output = try context.outputShape()
    let (units, depth) = (weights[0], weights[1])
    guard units > 0, depth > 0 else {
      throw .invalidShape("output is \(output), but input 1 (weights) is \(weights)")
    }
    let declared = output.elementCount / units
    let reason = "input 0 is \(input), which is not \(declared) rows of \(depth)"
    guard input.elementCount % depth == 0 else { throw .invalidShape(reason) }
    let rows = input.elementCount / depth
    let keepsAxes = context.attributes.bool("keep_num_dims") && input.dimensions.last == depth
    let dimensions = keepsAxes ? input.dimensions.dropLast() + [units] : [rows, units]
    guard output.elementCount % units == 0 else {
      throw .wrongOutput(
        0, gives: dimensions, reason: "output is \(output), but input 1 (weights) is \(weights)")
    }
    guard rows == declared else { throw .wrongOutput(0, gives: dimensions, reason: reason) }
    return rows
  }

  /// LiteRT's reference kernel scales in double precision; it is the judge of what TFLM does not take.
  private static func product(
    _ operands: ConvolutionOperands, isPerChannel: Bool
  ) -> ConvolutionQuantization.Product {
    operands.filterType == .int4 && (isPerChannel || operands.inputType == .int16) ? .real : .exact
  }
}
