package import GraphIR
import Tensors

/// The mean along the axes in operand 1.
///
/// float32 sums in the tensor's order and divides; int8, int16 and uint8 fold the division into the
/// rescaling, as TFLM and LiteRT do; int32 and int64 divide 64-bit sums, rounding toward zero.
package enum Mean: Operator {
  package static let builtin = BuiltinOperator.mean

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.input(0).elementType {
    case .float32: return try FloatMean().kernel(context)
    case .int8: return try QuantizedReduction<Int8>(context, isMean: true).kernel(context)
    case .int16: return try QuantizedReduction<Int16>(context, isMean: true).kernel(context)
    case .uint8: return try QuantizedReduction<UInt8>(context, isMean: true).kernel(context)
    case .int32: return try IntegerMean<Int32>().kernel(context)
    case .int64: return try IntegerMean<Int64>().kernel(context)
    case let type:
      throw .unsupportedType(
        "input 0 is \(type); MEAN takes float32, int8, int16, uint8, int32, int64")
    }
  }
}

private struct FloatMean: ReductionFunction {
  func run(_ reduction: Reduction, _ arguments: KernelArguments) {
    let output = arguments.output(0, Float.self)
    reduction.accumulate(arguments.input(0, Float.self), into: output, initial: 0, +)
    for index in 0..<reduction.outputCount { output[index] /= Float(reduction.reducedCount) }
  }
}

private struct IntegerMean<Element: KernelInteger>: ReductionFunction {
  static var scratchByteCount: Int { MemoryLayout<Int64>.stride }

  func run(_ reduction: Reduction, _ arguments: KernelArguments) {
    let sums = arguments.scratch.elements(Int64.self)
    let output = arguments.output(0, Element.self)
    reduction.accumulate(arguments.input(0, Element.self), into: sums, initial: 0) { $0 &+ Int64($1) }
    let count = Int64(max(reduction.reducedCount, 1))
    for index in 0..<reduction.outputCount {
      output[index] = Element(truncatingIfNeeded: sums[index] / count)
    }
  }
}
