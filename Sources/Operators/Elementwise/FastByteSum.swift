import CKernels

/// The quick form of `QuantizedByteSum` for operands of one shape, byte for byte the same.
struct FastByteSum: Kernel {
  private let left: NNScale
  private let right: NNScale
  private let output: NNScale
  private let sign: Int32
  private let range: ClosedRange<Int32>
  private let count: Int
  /// What makes unsigned bytes signed.
  private let flip: Int32

  /// - Returns: nil where the operands broadcast, or a scale is beyond what the C kernel takes.
  init?<Element: KernelInteger>(
    _ context: NodeContext, _ operands: QuantizedOperands, sign: Int32, _ type: Element.Type
  ) throws(KernelError) {
    let shape = try context.outputShape()
    guard try context.inputShape(0) == shape, try context.inputShape(1) == shape else { return nil }
    let scales = try QuantizedSumScales(
      operands.left.scale, operands.right.scale, output: operands.output.scale, leftShift: 20)
    let flip: Int32 = Element.isSigned ? 0 : -128
    func scale(_ multiplier: QuantizedMultiplier, _ offset: Int32, leftShift: Int32) -> NNScale {
      NNScale(
        offset: offset, leftShift: leftShift, multiplier: multiplier.multiplier,
        rightShift: 0 - multiplier.shift)
    }
    guard [scales.left, scales.right, scales.output].allSatisfy({ $0.multiplier >= 0 && $0.shift <= 0 })
    else { return nil }
    left = scale(scales.left, 0 &- flip &- operands.left.zeroPoint, leftShift: 20)
    right = scale(scales.right, 0 &- flip &- operands.right.zeroPoint, leftShift: 20)
    output = scale(scales.output, operands.output.zeroPoint, leftShift: 0)
    self.sign = sign
    self.flip = flip
    range = operands.range(Element.self)
    count = shape.elementCount
  }

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let first = try arguments.input(0, Int8.self, count: count)
    let second = try arguments.input(1, Int8.self, count: count)
    let target = try arguments.output(Int8.self, count: count)
    var (left, right, output) = (left, right, output)
    unsafe nn_sum_int8(
      &left, &right, &output, sign, flip, range.lowerBound, range.upperBound, first.pointer, second.pointer,
      target.pointer, count)
  }
}

extension NodeContext {
  /// The kernel of a sum or difference of 8-bit numbers: the quick form where there is one.
  @inline(__always)
  func byteSumKernel<Element: KernelInteger>(
    _ operands: QuantizedOperands, sign: Int32, _ type: Element.Type
  ) throws(KernelError) -> any Kernel {
    if let fast = try FastByteSum(self, operands, sign: sign, type) { return fast }
    return try binaryKernel(QuantizedByteSum<Element>(operands, sign: sign))
  }
}
