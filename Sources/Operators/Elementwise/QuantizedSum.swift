/// The common unit in which quantized ADD and SUB sum: both operands are shifted left, scaled to it, and
/// their sum is scaled to the output.
struct QuantizedSumScales: Sendable {
  let left: QuantizedMultiplier
  let right: QuantizedMultiplier
  let output: QuantizedMultiplier

  /// - Throws: `unsupported` where the sum would have to be scaled up.
  init(_ left: Float, _ right: Float, output: Float, leftShift: Int32) throws(KernelError) {
    let unit = 2 * max(left, right)
    let room = Float(Int32(1) &<< leftShift)
    self.left = QuantizedMultiplier(Double(left) / Double(unit))
    self.right = QuantizedMultiplier(Double(right) / Double(unit))
    self.output = QuantizedMultiplier(Double(unit) / Double(room * output))
    guard self.output.shift <= 0 else {
      throw .unsupported("the output's scale \(output) is too small for inputs of \(left) and \(right)")
    }
  }
}

/// Quantized sum or difference of 8-bit numbers, each operand scaled by a table.
struct QuantizedByteSum<Element: KernelInteger>: BinaryFunction {
  private let left: ByteTable<Int32>
  private let right: ByteTable<Int32>
  private let scale: QuantizedMultiplier
  private let zeroPoint: Int32
  private let range: ClosedRange<Int32>

  init(_ operands: QuantizedOperands, sign: Int32) throws(KernelError) {
    let scales = try QuantizedSumScales(
      operands.left.scale, operands.right.scale, output: operands.output.scale, leftShift: 20)
    left = ByteTable(Element.self) { x in
      scales.left.apply((Int32(truncatingIfNeeded: x) &- operands.left.zeroPoint) &<< 20)
    }
    right = ByteTable(Element.self) { x in
      sign &* scales.right.apply((Int32(truncatingIfNeeded: x) &- operands.right.zeroPoint) &<< 20)
    }
    scale = scales.output
    zeroPoint = operands.output.zeroPoint
    range = operands.range(Element.self)
  }

  @inline(__always)
  func callAsFunction(_ a: Element, _ b: Element) -> Element {
    Element(scale.apply(left[a] &+ right[b]) &+ zeroPoint, clampedTo: range)
  }
}

/// Quantized sum or difference of 16-bit numbers.
struct QuantizedInt16Sum: BinaryFunction {
  private let operands: QuantizedOperands
  private let scales: QuantizedSumScales
  private let sign: Int32
  private let range: ClosedRange<Int32>

  init(_ operands: QuantizedOperands, sign: Int32) throws(KernelError) {
    self.operands = operands
    self.sign = sign
    scales = try QuantizedSumScales(
      operands.left.scale, operands.right.scale, output: operands.output.scale, leftShift: 15)
    range = operands.range(Int16.self)
  }

  @inline(__always)
  func callAsFunction(_ a: Int16, _ b: Int16) -> Int16 {
    let left = scales.left.apply((Int32(a) &- operands.left.zeroPoint) &<< 15)
    let right = scales.right.apply((Int32(b) &- operands.right.zeroPoint) &<< 15)
    return Int16(
      scales.output.apply(left &+ sign &* right) &+ operands.output.zeroPoint, clampedTo: range)
  }
}
