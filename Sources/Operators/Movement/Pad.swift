package import GraphIR
import Tensors

/// Zeros around a tensor, as many before and behind each axis as operand 1 (axes×2) says.
///
/// 8-bit quantized tensors get their zero point, all others 0, as in TFLM and LiteRT.
package enum Pad: Operator {
  package static let builtin = BuiltinOperator.pad

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    return try ConstantPadding.kernel(context, .bytes(context.zeroElement()))
  }
}

extension NodeContext {
  /// The bytes of result 0's real 0: the zero point of 8-bit integers, else zero bytes.
  func zeroElement() throws(KernelError) -> [UInt8] {
    let value = try output()
    guard [.int8, .uint8].contains(value.elementType) else {
      return [UInt8](repeating: 0, count: (value.elementType.bitWidth ?? 8) / 8)
    }
    return [UInt8(truncatingIfNeeded: value.quantization?.zeroPoints?.first ?? 0)]
  }
}
