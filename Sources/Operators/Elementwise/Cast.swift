package import GraphIR
import Tensors

/// Every element as another type; equals TFLM's CAST, and LiteRT's for int64, uint8 and float16.
///
/// Floats lose their fraction and saturate, integers wrap, and bools are 0 or 1.
package enum Cast: Operator {
  package static let builtin = BuiltinOperator.cast

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...1)
    switch try context.input(0).elementType {
    case .float32: return try kernel(from: Float.self, context)
    case .float16: return try kernel(from: Float16.self, context)
    case .int8: return try kernel(from: Int8.self, context)
    case .int16: return try kernel(from: Int16.self, context)
    case .int32: return try kernel(from: Int32.self, context)
    case .int64: return try kernel(from: Int64.self, context)
    case .uint8: return try kernel(from: UInt8.self, context)
    case .uint32: return try kernel(from: UInt32.self, context)
    case .bool: return try kernel(from: BoolByte.self, context)
    default:
      let types = "float32, float16, int8, int16, int32, int64, uint8, uint32, bool"
      throw context.refusal(ofInput: 0, takes: types)
    }
  }

  private static func kernel<Source: CastElement>(
    from type: Source.Type, _ context: NodeContext
  ) throws(KernelError) -> any Kernel {
    switch try context.output().elementType {
    case .float32: return try context.unaryKernel(Conversion<Source, Float>())
    case .float16: return try context.unaryKernel(Conversion<Source, Float16>())
    case .int8: return try context.unaryKernel(Conversion<Source, Int8>())
    case .int16: return try context.unaryKernel(Conversion<Source, Int16>())
    case .int32: return try context.unaryKernel(Conversion<Source, Int32>())
    case .int64: return try context.unaryKernel(Conversion<Source, Int64>())
    case .uint8: return try context.unaryKernel(Conversion<Source, UInt8>())
    case .uint32: return try context.unaryKernel(Conversion<Source, UInt32>())
    case .bool: return try context.unaryKernel(Conversion<Source, BoolByte>())
    default: throw try context.refusal(ofOutputFor: 0)
    }
  }
}

private struct Conversion<Source: CastElement, Target: CastElement>: UnaryFunction {
  @inline(__always)
  func callAsFunction(_ x: Source) -> Target {
    switch x.castValue {
    case .integer(let integer): Target(cast: integer)
    case .real(let real): Target(cast: real)
    }
  }
}
