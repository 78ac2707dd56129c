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
    case .float32:
      return try Reduction.kernel(context) { reduction, arguments in
        reduction.accumulate(
          arguments.input(0, Float.self), into: arguments.output(0, Float.self), initial: 0, +)
      }
    case .int8: return try QuantizedReduction.kernel(context, isMean: false, Int8.self)
    case .int16: return try QuantizedReduction.kernel(context, isMean: false, Int16.self)
    case .uint8: return try QuantizedReduction.kernel(context, isMean: false, UInt8.self)
    case .int32:
      return try Reduction.kernel(context) { reduction, arguments in
        reduction.accumulate(
          arguments.input(0, Int32.self), into: arguments.output(0, Int32.self), initial: 0, &+)
      }
    case .int64:
      return try Reduction.kernel(context) { reduction, arguments in
        reduction.accumulate(
          arguments.input(0, Int64.self), into: arguments.output(0, Int64.self), initial: 0, &+)
      }
    case let type:
      throw .unsupportedType("input 0 is \(type); SUM takes float32, int8, int16, uint8, int32, int64")
    }
  }
}
