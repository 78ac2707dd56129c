package import GraphIR
import Tensors

/// Batched matrix product …×M×K · …×K×N, either operand transposed by option, batch dimensions broadcast.
///
/// float32, int8 and int16 equal TFLM's kernel; float32 with an int8 right operand equals LiteRT's
/// reference kernel.
package enum BatchMatMul: Operator {
  package static let builtin = BuiltinOperator.batchMatMul

  package static func multiplyAccumulates(of node: Node, in graph: Graph) -> Int {
    guard let left = graph.inputShape(0, of: node), let output = graph.outputShape(0, of: node),
      left.rank >= 2
    else { return 0 }
    let isTransposed = node.attributes.bool("adj_x")
    return output.elementCount.saturatingMultiply(left[isTransposed ? left.rank - 2 : left.rank - 1])
  }

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let shape = try MatrixProductShape(context)
    for position in 0...1 { try context.requireDense(input: position) }
    try context.requireSameType()
    let left = try context.input(0)
    let right = try context.input(1)
    let output = try context.output()
    switch (left.elementType, right.elementType) {
    case (.float32, .float32): return FloatMatrixProduct(shape: shape)
    case (.float32, .int8):
      return HybridMatrixProduct(
        shape: shape, rightScale: try context.quantization(of: right, "input 1").scale,
        isAsymmetric: context.attributes.bool("asymmetric_quantize_inputs"))
    case (.int8, .int8), (.int16, .int16):
      let first = try context.quantization(of: left, "input 0")
      let second = try context.quantization(of: right, "input 1")
      let result = try context.quantization(of: output, "output")
      let quantization = MatrixProductQuantization(
        multiplier: QuantizedMultiplier(
          Double(first.scale) * Double(second.scale) / Double(result.scale)),
        leftOffset: 0 &- first.zeroPoint, rightOffset: 0 &- second.zeroPoint, outputOffset: result.zeroPoint)
      return left.elementType == .int8
        ? Int8MatrixProduct(shape: shape, quantization: quantization)
        : Int16MatrixProduct(shape: shape, multiplier: quantization.multiplier)
    case (let first, let second):
      throw .unsupportedType(
        "input 0 is \(first) and input 1 is \(second); BATCH_MATMUL takes float32 with float32 or int8, "
          + "int8 with int8, and int16 with int16")
    }
  }
}
