package import GraphIR
import Tensors

/// Mean over windows: input N×H×W×C, output N×H′×W′×C.
///
/// float32, int8 and int16 equal TFLM's kernel, uint8 LiteRT's reference kernel. Stored integers are
/// averaged as they are: scales and zero points of input and output are taken as equal.
package enum AveragePool2D: Operator {
  package static let builtin = BuiltinOperator.averagePool2D

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let shape = try PoolShape(context)
    let activation = FusedActivation(context.attributes)
    switch try context.input(0).elementType {
    case .float32:
      let range = activation.floatRange
      return context.faster(FastPool(shape, .float(range), isAverage: true))
        ?? FloatAveragePool(shape: shape, range: range)
    case .int8:
      let range = try context.storedRange(activation)
      return context.faster(FastPool(shape, .int8(range), isAverage: true))
        ?? IntegerAveragePool<Int8>(shape: shape, range: range)
    case .uint8:
      let range = try context.storedRange(activation)
      return context.faster(FastPool(shape, .uint8(range), isAverage: true))
        ?? IntegerAveragePool<UInt8>(shape: shape, range: range)
    case .int16:
      return IntegerAveragePool<Int16>(shape: shape, range: try context.storedRange(activation)).specialized()
    case let type:
      throw .unsupportedType("input 0 is \(type); AVERAGE_POOL_2D takes float32, int8, int16, uint8")
    }
  }
}

struct FloatAveragePool: Kernel {
  let shape: PoolShape
  let range: ClosedRange<Float>

  func run(_ arguments: KernelArguments) {
    let input = arguments.input(0, Float.self)
    let output = arguments.output(0, Float.self)
    shape.forEachOutput { first, window in
      for channel in 0..<shape.channels {
        var sum: Float = 0
        window.forEach(channel) { sum += input[$0] }
        output[first + channel] = clamp(sum / Float(window.count), to: range)
      }
    }
  }
}

/// Sum of stored integers divided by their number, rounded half away from zero.
struct IntegerAveragePool<Element: FixedWidthInteger & BitwiseCopyable & Sendable>: Kernel {
  let shape: PoolShape
  let range: ClosedRange<Int32>

  func run(_ arguments: KernelArguments) {
    let input = arguments.input(0, Element.self)
    let output = arguments.output(0, Element.self)
    shape.forEachOutput { first, window in
      let count = Int32(truncatingIfNeeded: max(1, window.count))
      for channel in 0..<shape.channels {
        var sum: Int32 = 0
        window.forEach(channel) { sum &+= Int32(truncatingIfNeeded: input[$0]) }
        let mean = (sum > 0 ? sum &+ count / 2 : sum &- count / 2) / count
        output[first + channel] = Element(truncatingIfNeeded: clamp(mean, to: range))
      }
    }
  }
}

extension NodeContext {
  /// The limits of stored outputs; an output without quantization parameters has only its type's.
  func storedRange(_ activation: FusedActivation) throws(KernelError) -> ClosedRange<Int32> {
    let output = try output()
    let type = try output.elementType.storedRange()
    guard activation != .none else { return type }
    return activation.quantizedRange(try quantization(of: output, "output"), type: type)
  }
}
