package import GraphIR
import Tensors

/// Maximum over windows: input N×H×W×C, output N×H′×W′×C.
///
/// float32, int8 and int16 equal TFLM's kernel, uint8 LiteRT's reference kernel.
package enum MaxPool2D: Operator {
  package static let builtin = BuiltinOperator.maxPool2D

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let shape = try PoolShape(context)
    let activation = FusedActivation(context.attributes)
    switch try context.input(0).elementType {
    case .float32:
      let range = activation.floatRange
      return context.faster(FastPool(shape, .float(range), isAverage: false))
        ?? FloatMaxPool(shape: shape, range: range)
    case .int8:
      let range = try context.storedRange(activation)
      return context.faster(FastPool(shape, .int8(range), isAverage: false))
        ?? IntegerMaxPool<Int8>(shape: shape, range: range)
    case .uint8:
      let range = try context.storedRange(activation)
      return context.faster(FastPool(shape, .uint8(range), isAverage: false))
        ?? IntegerMaxPool<UInt8>(shape: shape, range: range)
    case .int16:
      return IntegerMaxPool<Int16>(shape: shape, range: try context.storedRange(activation)).specialized()
    case let type: throw .unsupportedType("input 0 is \(type); MAX_POOL_2D takes float32, int8, int16, uint8")
    }
  }
}

struct FloatMaxPool: Kernel {
  let shape: PoolShape
  let range: ClosedRange<Float>

  func run(_ arguments: KernelArguments) {
    let input = arguments.input(0, Float.self)
    let output = arguments.output(0, Float.self)
    shape.forEachOutput { first, window in
      for channel in 0..<shape.channels {
        var largest = -Float.greatestFiniteMagnitude
        window.forEach(channel) { if largest < input[$0] { largest = input[$0] } }
        output[first + channel] = clamp(largest, to: range)
      }
    }
  }
}

struct IntegerMaxPool<Element: FixedWidthInteger & BitwiseCopyable & Sendable>: Kernel {
  let shape: PoolShape
  let range: ClosedRange<Int32>

  func run(_ arguments: KernelArguments) {
    let input = arguments.input(0, Element.self)
    let output = arguments.output(0, Element.self)
    shape.forEachOutput { first, window in
      for channel in 0..<shape.channels {
        var largest = Element.min
        window.forEach(channel) { largest = max(largest, input[$0]) }
        let limited = clamp(Int32(truncatingIfNeeded: largest), to: range)
        output[first + channel] = Element(truncatingIfNeeded: limited)
      }
    }
  }
}
