package import GraphIR
import Tensors

/// Transposed convolution with a bias, as MediaPipe's models have it: input N×H×W×C, filter O×h×w×C, bias O.
///
/// float32 only; equals MediaPipe's kernel, which starts its sums with the bias. LiteRT's compiled models, which run it
/// through XNNPACK, differ by the rounding of sums.
package enum Convolution2DTransposeBias: Operator {
  package static let builtin = BuiltinOperator.custom
  package static let customName: String? = "Convolution2DTransposeBias"

  package static func multiplyAccumulates(of node: Node, in graph: Graph) -> Int {
    guard let input = graph.inputShape(0, of: node), let filter = graph.inputShape(1, of: node),
      filter.rank == 4
    else { return 0 }
    return input.elementCount.saturatingMultiply(filter[0]).saturatingMultiply(filter[1])
      .saturatingMultiply(filter[2])
  }

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 3...3)
    let input = try context.inputShape(0, rank: 4)
    let filter = try context.inputShape(1, rank: 4)
    let bias = try context.inputShape(2)
    for position in 0..<3 {
      let type = try context.input(position).elementType
      guard type == .float32 else { throw .unsupportedType("input \(position) is \(type), expected float32") }
      try context.requireDense(input: position)
    }
    try context.requireSameType()
    guard filter[3] == input[3], bias.elementCount == filter[0], input.elementCount > 0 else {
      throw .invalidShape("input 0 is \(input), input 1 (filter) \(filter) and input 2 (bias) \(bias)")
    }
    let options = try TransposedBiasOptions(context.node.customOptions?.bytes ?? [])
    let rows = try options.window(input[1], taps: filter[1], stride: options.verticalStride)
    let columns = try options.window(input[2], taps: filter[2], stride: options.horizontalStride)
    try context.requireOutput(shape: [input[0], rows.input, columns.input, filter[0]])
    return BiasedTransposeConvolution(
      shape: TransposeConvolutionShape(
        batches: input[0], rows: rows, columns: columns, inputHeight: input[1], inputWidth: input[2],
        inputChannels: input[3], outputChannels: filter[0]))
  }
}

/// The options of a node: LiteRT's structure of three numbers of 32 bits.
private struct TransposedBiasOptions {
  let isSame: Bool
  let horizontalStride: Int
  let verticalStride: Int

  init(_ bytes: [UInt8]) throws(KernelError) {
    guard bytes.count >= 12 else {
      throw .unsupported("its custom options have \(bytes.count) bytes, expected padding and two strides")
    }
    let numbers = (0..<3).map { word in
      Int(Int32(truncatingIfNeeded: (0..<4).reduce(0) { $0 | Int(bytes[4 * word + $1]) << (8 * $1) }))
    }
    guard (1...2).contains(numbers[0]) else {
      throw .unsupported("its padding is \(numbers[0]), expected 1 (SAME) or 2 (VALID)")
    }
    isSame = numbers[0] == 1
    (horizontalStride, verticalStride) = (numbers[1], numbers[2])
  }

  /// One axis of the forward convolution, whose input is the result.
  func window(_ input: Int, taps: Int, stride: Int) throws(KernelError) -> Window {
    guard stride > 0, stride <= 1 << 16, taps > 0 else {
      throw .unsupported(
        "stride \(stride) and filter size \(taps) must be positive, the stride at most 65536")
    }
    let padding = isSame ? max(0, taps - (input - 1) % stride - 1) : 0
    let output = stride.saturatingMultiply(input - 1) + taps - padding
    return try Window(input: output, output: input, taps: taps, stride: stride)
  }
}

private struct BiasedTransposeConvolution: Kernel {
  let shape: TransposeConvolutionShape

  func run(_ arguments: KernelArguments) {
    let (input, filter) = (arguments.input(0, Float.self), arguments.input(1, Float.self))
    let bias = arguments.input(2, Float.self)
    let output = arguments.output(0, Float.self)
    for index in 0..<shape.outputCount { output[index] = bias[index % shape.outputChannels] }
    shape.forEachProduct { target, source, weight, _ in output[target] += input[source] * filter[weight] }
  }
}
