/// An operator that compares two tensors that broadcast.
///
/// Equals TFLM's kernels for float32, int8, int32, int64 and bool, and LiteRT's for int16 and uint8.
/// Quantized numbers are compared as 32-bit fixed point, where different ones may round to the same.
protocol ComparisonOperator: Operator {
  /// Whether bool is taken, and quantized int16 is scaled; ordering operators compare int16 as stored.
  static var comparesEquality: Bool { get }

  static func compare<Element: Comparable>(_ a: Element, _ b: Element) -> Bool
}

extension ComparisonOperator {
  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let type = try context.input(0).elementType
    let other = try context.input(1).elementType
    guard other == type else {
      throw .unsupportedType("input 1 is \(other), but input 0 is \(type)")
    }
    guard try context.output().elementType == .bool else { throw try context.refusal(ofOutputFor: 0) }
    switch type {
    case .float32: return try context.binaryKernel(PlainComparison<Self, Float>())
    case .int32: return try context.binaryKernel(PlainComparison<Self, Int32>())
    case .int64: return try context.binaryKernel(PlainComparison<Self, Int64>())
    case .int8: return try context.binaryKernel(ByteComparison<Self, Int8>(context))
    case .uint8: return try context.binaryKernel(ByteComparison<Self, UInt8>(context))
    case .int16:
      guard comparesEquality, try context.input(0).quantization?.isQuantized ?? false else {
        return try context.binaryKernel(PlainComparison<Self, Int16>())
      }
      return try context.binaryKernel(Int16Comparison<Self>(context))
    case .bool where comparesEquality: return try context.binaryKernel(BoolComparison<Self>())
    default:
      let types = "float32, int8, int16, uint8, int32, int64" + (comparesEquality ? ", bool" : "")
      throw context.refusal(ofInput: 0, takes: types)
    }
  }
}

private struct PlainComparison<
  Compared: ComparisonOperator, Element: Comparable & BitwiseCopyable & Sendable
>: BinaryFunction {
  @inline(__always)
  func callAsFunction(_ a: Element, _ b: Element) -> UInt8 { Compared.compare(a, b) ? 1 : 0 }
}

private struct BoolComparison<Compared: ComparisonOperator>: BinaryFunction {
  @inline(__always)
  func callAsFunction(_ a: UInt8, _ b: UInt8) -> UInt8 { Compared.compare(min(a, 1), min(b, 1)) ? 1 : 0 }
}

private struct ByteComparison<Compared: ComparisonOperator, Element: KernelInteger>: BinaryFunction {
  private let left: ByteTable<Int32>
  private let right: ByteTable<Int32>

  init(_ context: NodeContext) throws(KernelError) {
    let (left, right) = try (ComparedScale(context, input: 0), ComparedScale(context, input: 1))
    self.left = ByteTable(Element.self) { left.apply(Int32(truncatingIfNeeded: $0)) }
    self.right = ByteTable(Element.self) { right.apply(Int32(truncatingIfNeeded: $0)) }
  }

  @inline(__always)
  func callAsFunction(_ a: Element, _ b: Element) -> UInt8 { Compared.compare(left[a], right[b]) ? 1 : 0 }
}

private struct Int16Comparison<Compared: ComparisonOperator>: BinaryFunction {
  private let left: ComparedScale
  private let right: ComparedScale

  init(_ context: NodeContext) throws(KernelError) {
    left = try ComparedScale(context, input: 0)
    right = try ComparedScale(context, input: 1)
  }

  @inline(__always)
  func callAsFunction(_ a: Int16, _ b: Int16) -> UInt8 {
    Compared.compare(left.apply(Int32(a)), right.apply(Int32(b))) ? 1 : 0
  }
}

/// Quantized numbers as multiples of 1/256.
private struct ComparedScale: Sendable {
  private let zeroPoint: Int32
  private let scale: QuantizedMultiplier

  init(_ context: NodeContext, input position: Int) throws(KernelError) {
    let input = try context.quantization(ofInput: position)
    zeroPoint = input.zeroPoint
    scale = QuantizedMultiplier(Double(input.scale))
    guard scale.shift <= 0 else {
      throw .unsupported("input \(position) has scale \(input.scale); comparisons take less than 1")
    }
  }

  @inline(__always)
  func apply(_ x: Int32) -> Int32 { scale.apply((x &- zeroPoint) &<< 8) }
}
