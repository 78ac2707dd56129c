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
    case .float32: return try FloatProduct().kernel(context)
    case .int8: return try byteOrWord(context, Int8.self, isQuantized)
    case .int16: return try byteOrWord(context, Int16.self, isQuantized)
    case .uint8 where !isQuantized: return try IntegerProduct<UInt8>().kernel(context)
    case .int32: return try IntegerProduct<Int32>().kernel(context)
    case .int64: return try IntegerProduct<Int64>().kernel(context)
    case let type:
      let kind = isQuantized ? "quantized \(type)" : "\(type)"
      throw .unsupportedType(
        "input 0 is \(kind); REDUCE_PROD takes float32, int32, int64, int8, int16, plain uint8")
    }
  }

  private static func byteOrWord<Element: KernelInteger>(
    _ context: NodeContext, _ type: Element.Type, _ isQuantized: Bool
  ) throws(KernelError) -> any Kernel {
    guard isQuantized else { return try IntegerProduct<Element>().kernel(context) }
    return try RescaledProduct<Element>(context).kernel(context)
  }
}

private struct FloatProduct: ReductionFunction {
  func run(_ reduction: Reduction, _ arguments: KernelArguments) {
    reduction.accumulate(
      arguments.input(0, Float.self), into: arguments.output(0, Float.self), initial: 1, *)
  }
}

private struct IntegerProduct<Element: KernelInteger>: ReductionFunction {
  func run(_ reduction: Reduction, _ arguments: KernelArguments) {
    reduction.accumulate(
      arguments.input(0, Element.self), into: arguments.output(0, Element.self), initial: 1, &*)
  }
}

private struct RescaledProduct<Element: KernelInteger>: ReductionFunction {
  private let source: ScaleAndZeroPoint
  private let target: ScaleAndZeroPoint

  init(_ context: NodeContext) throws(KernelError) {
    source = try context.quantization(of: context.input(0), "input 0")
    target = try context.quantization(of: context.output(), "output 0")
  }

  static var scratchByteCount: Int { MemoryLayout<Int64>.stride }

  func run(_ reduction: Reduction, _ arguments: KernelArguments) {
    let none = Int64.min
    let count = Double(max(reduction.reducedCount, 1))
    let multiplier = QuantizedMultiplier(Double(source.scale) / pow(Double(target.scale), 1 / count))
    let products = arguments.scratch.elements(Int64.self)
    let output = arguments.output(0, Element.self)
    reduction.accumulate(arguments.input(0, Element.self), into: products, initial: none) {
      product, element in
      let factor = Int64(element) &- Int64(source.zeroPoint)
      return product == none ? factor : Int64(multiplier.apply(product &* factor))
    }
    for index in 0..<reduction.outputCount {
      let product = products[index] == none ? 0 : multiplier.apply(products[index])
      output[index] = Element(clamping: product &+ target.zeroPoint)
    }
  }
}
