import Foundation
package import GraphIR
import Tensors

/// The product along the axes in operand 1.
///
/// Quantized int8 and int16 rescale after each factor by input scale / ⁿ√(output scale), n factors, so that
/// no product overflows, as LiteRT does; other integers wrap.
package enum ReduceProd: Operator {
  package static let builtin = BuiltinOperator.reduceProd

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let value = try context.input(0)
    let isQuantized = value.quantization?.isQuantized ?? false
    switch value.elementType {
    case .float32:
      return try Reduction.kernel(context) { reduction, arguments in
        let output = arguments.output(0, Float.self)
        reduction.accumulate(arguments.input(0, Float.self), into: output, initial: 1, *)
      }
    case .int8: return try isQuantized ? quantized(context, Int8.self) : integers(context, Int8.self)
    case .int16: return try isQuantized ? quantized(context, Int16.self) : integers(context, Int16.self)
    case .uint8 where !isQuantized: return try integers(context, UInt8.self)
    case .int32: return try integers(context, Int32.self)
    case .int64: return try integers(context, Int64.self)
    case let type:
      let kind = isQuantized ? "quantized \(type)" : "\(type)"
      throw .unsupportedType(
        "input 0 is \(kind); REDUCE_PROD takes float32, int32, int64, int8, int16, plain uint8")
    }
  }

  private static func integers<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ context: NodeContext, _ type: Element.Type
  ) throws(KernelError) -> any Kernel {
    try Reduction.kernel(context) { reduction, arguments in
      reduction.accumulate(arguments.input(0, type), into: arguments.output(0, type), initial: 1, &*)
    }
  }

  private static func quantized<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ context: NodeContext, _ type: Element.Type
  ) throws(KernelError) -> any Kernel {
    let source = try context.quantization(of: context.input(0), "input 0")
    let target = try context.quantization(of: context.output(), "output 0")
    let none = Int64.min
    return try Reduction.kernel(context, scratch: MemoryLayout<Int64>.stride) { reduction, arguments in
      let count = Double(max(reduction.reducedCount, 1))
      let multiplier = QuantizedMultiplier(Double(source.scale) / pow(Double(target.scale), 1 / count))
      let products = arguments.scratch.elements(Int64.self)
      let output = arguments.output(0, type)
      reduction.accumulate(arguments.input(0, type), into: products, initial: none) { product, element in
        let factor = Int64(element) &- Int64(source.zeroPoint)
        return product == none ? factor : Int64(multiplier.apply(product &* factor))
      }
      for index in 0..<reduction.outputCount {
        let product = products[index] == none ? 0 : multiplier.apply(products[index])
        output[index] = Element(clamping: product &+ target.zeroPoint)
      }
    }
  }
}
