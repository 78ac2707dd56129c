package import GraphIR
import Tensors

/// Running sums along the axis in operand 1, without the element itself where `exclusive`, from the end
/// where `reverse`.
///
/// float32 and int8 as TFLM, int32 and int64 as LiteRT. TFLM's int8 sum starts at minus the zero point, not
/// at 0, before it is rescaled.
package enum CumSum: Operator {
  package static let builtin = BuiltinOperator.cumsum

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.input(0).elementType {
    case .float32: return try kernel(context, FloatAddition())
    case .int32: return try kernel(context, IntegerAddition<Int32>())
    case .int64: return try kernel(context, IntegerAddition<Int64>())
    case .int8: return try kernel(context, ScaledAddition(context))
    case let type: throw .unsupportedType("input 0 is \(type); CUMSUM takes float32, int8, int32, int64")
    }
  }

  private static func kernel<Addition: RunningAddition>(
    _ context: NodeContext, _ addition: Addition
  ) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    try context.requireSameType()
    try context.requireDense(input: 0)
    let input = try context.inputShape(0)
    try context.requireOutput(shape: input.dimensions)
    let axis = try IntegerOperand(context, input: 1, types: [.int32])
    guard axis.count == 1 else { throw .invalidShape("input 1 has \(axis.count) elements; it is one axis") }
    let plan = RunningSumPlan(
      addition: addition, input: input, isExclusive: context.attributes.bool("exclusive"),
      isReversed: context.attributes.bool("reverse"))
    return try plan.kernel(for: [axis])
  }
}

private struct RunningSumPlan<Addition: RunningAddition>: KernelPlan {
  let addition: Addition
  let input: Shape
  let isExclusive: Bool
  let isReversed: Bool

  func kernel(_ operands: [[Int]]) throws(KernelError) -> RunningSum<Addition> {
    RunningSum(
      addition: addition, loops: AxisLoops(input, axis: try input.axis(operands[0][0])),
      isExclusive: isExclusive, isReversed: isReversed)
  }
}

private struct RunningSum<Addition: RunningAddition>: Kernel {
  let addition: Addition
  let loops: AxisLoops
  let isExclusive: Bool
  let isReversed: Bool

  func run(_ arguments: KernelArguments) {
    let source = arguments.input(0, Addition.Element.self)
    let target = arguments.output(0, Addition.Element.self)
    guard target.count > 0 else { return }
    for row in 0..<loops.outer * loops.inner {
      let start = row / loops.inner * loops.count * loops.inner + row % loops.inner
      var sum = addition.initial
      for step in 0..<loops.count {
        let place = start + (isReversed ? loops.count - 1 - step : step) * loops.inner
        let next = addition.add(sum, source[place])
        target[place] = addition.result(isExclusive ? sum : next)
        sum = next
      }
    }
  }
}

/// How elements are added up.
private protocol RunningAddition: Sendable {
  associatedtype Element: BitwiseCopyable, Sendable
  associatedtype Accumulator: Sendable

  var initial: Accumulator { get }

  func add(_ sum: Accumulator, _ element: Element) -> Accumulator
  func result(_ sum: Accumulator) -> Element
}

private struct FloatAddition: RunningAddition {
  var initial: Float { 0 }

  @inline(__always)
  func add(_ sum: Float, _ element: Float) -> Float { sum + element }

  @inline(__always)
  func result(_ sum: Float) -> Float { sum }
}

private struct IntegerAddition<Element: KernelInteger>: RunningAddition {
  var initial: Element { 0 }

  @inline(__always)
  func add(_ sum: Element, _ element: Element) -> Element { sum &+ element }

  @inline(__always)
  func result(_ sum: Element) -> Element { sum }
}

/// The arithmetic of int8: sums of inputs shifted left by 20 bits and scaled by a half.
private struct ScaledAddition: RunningAddition {
  private let inputZeroPoint: Int32
  private let outputZeroPoint: Int32
  private let inputMultiplier: QuantizedMultiplier
  private let outputMultiplier: QuantizedMultiplier

  init(_ context: NodeContext) throws(KernelError) {
    let input = try context.quantization(of: context.input(0), "input 0")
    let output = try context.quantization(of: context.output(), "output 0")
    let twice = 2 * Double(input.scale)
    inputZeroPoint = input.zeroPoint
    outputZeroPoint = output.zeroPoint
    inputMultiplier = QuantizedMultiplier(Double(input.scale) / twice)
    outputMultiplier = QuantizedMultiplier(twice / (Double(1 << 20) * Double(output.scale)))
    guard outputMultiplier.shift <= 0 else {
      throw .unsupported("the scale of input 0 is 2¹⁹ times that of output 0 or more")
    }
  }

  var initial: Int32 { scaled(0) }

  @inline(__always)
  func add(_ sum: Int32, _ element: Int8) -> Int32 { sum &+ scaled(element) }

  @inline(__always)
  func result(_ sum: Int32) -> Int8 {
    Int8(clamping: outputMultiplier.apply(sum) &+ outputZeroPoint)
  }

  @inline(__always)
  private func scaled(_ stored: Int8) -> Int32 {
    inputMultiplier.apply((Int32(stored) &- inputZeroPoint) &<< 20)
  }
}
