package import GraphIR
import Tensors

/// The sum along the axes in operand 1.
///
/// float32 sums in the tensor's order; int8, int16 and uint8 rescale the sum of real values to the output's
/// scale, as TFLM does; int32 and int64 wrap.
package enum Sum: Operator {
  package static let builtin = BuiltinOperator.sum

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.input(0).elementType {
    case .float32: return try FloatTotal().kernel(context)
    case .int8: return try QuantizedReduction<Int8>(context, isMean: false).kernel(context)
    case .int16: return try QuantizedReduction<Int16>(context, isMean: false).kernel(context)
    case .uint8: return try QuantizedReduction<UInt8>(context, isMean: false).kernel(context)
    case .int32: return try IntegerTotal<Int32>().kernel(context)
    case .int64: return try IntegerTotal<Int64>().kernel(context)
    case let type:
      throw .unsupportedType("input 0 is \(type); SUM takes float32, int8, int16, uint8, int32, int64")
    }
  }
}
