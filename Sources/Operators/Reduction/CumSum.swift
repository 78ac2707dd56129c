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
    case .float32:
      return try kernel(context, Float.self, initial: Float(0)) {
        $0 + $1
      } _: {
        $0
      }
    case .int32:
      return try kernel(context, Int32.self, initial: Int32(0)) {
        $0 &+ $1
      } _: {
        $0
      }
    case .int64:
      return try kernel(context, Int64.self, initial: Int64(0)) {
        $0 &+ $1
      } _: {
        $0
      }
    case .int8:
      let scaling = try Scaling(context)
      return try kernel(context, Int8.self, initial: scaling.scaled(0)) {
        $0 &+ scaling.scaled($1)
      } _: {
        scaling.result($0)
      }
    case let type: throw .unsupportedType("input 0 is \(type); CUMSUM takes float32, int8, int32, int64")
    }
  }

  /// The arithmetic of int8: sums of inputs shifted left by 20 bits and scaled by a half.
  private struct Scaling: Sendable {
    private let input: ScaleAndZeroPoint
    private let output: ScaleAndZeroPoint
    private let inputMultiplier: QuantizedMultiplier
    private let outputMultiplier: QuantizedMultiplier

    init(_ context: NodeContext) throws(KernelError) {
      input = try context.quantization(of: context.input(0), "input 0")
      output = try context.quantization(of: context.output(), "output 0")
      let twice = 2 * Double(input.scale)
      inputMultiplier = QuantizedMultiplier(Double(input.scale) / twice)
      outputMultiplier = QuantizedMultiplier(twice / (Double(1 << 20) * Double(output.scale)))
      guard outputMultiplier.shift <= 0 else {
        throw .unsupported("the scale of input 0 is 2¹⁹ times that of output 0 or more")
      }
    }

    @inline(__always)
    func scaled(_ stored: Int8) -> Int32 {
      inputMultiplier.apply((Int32(stored) &- input.zeroPoint) &<< 20)
    }

    @inline(__always)
    func result(_ sum: Int32) -> Int8 {
      Int8(clamping: outputMultiplier.apply(sum) &+ output.zeroPoint)
    }
  }

  private static func kernel<Element: BitwiseCopyable & Sendable, Accumulator: Sendable>(
    _ context: NodeContext, _ type: Element.Type, initial: Accumulator,
    _ add: @escaping @Sendable (Accumulator, Element) -> Accumulator,
    _ result: @escaping @Sendable (Accumulator) -> Element
  ) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    try context.requireSameType()
    try context.requireDense(input: 0)
    let input = try context.inputShape(0)
    try context.requireOutput(shape: input.dimensions)
    let isExclusive = context.attributes.bool("exclusive")
    let isReversed = context.attributes.bool("reverse")
    let axis = try IntegerOperand(context, input: 1, types: [.int32])
    guard axis.count == 1 else { throw .invalidShape("input 1 has \(axis.count) elements; it is one axis") }
    return try PlannedKernel([axis]) { operands throws(KernelError) in
      AxisLoops(input, axis: try input.axis(operands[0][0]))
    } _: { loops, arguments in
      let source = arguments.input(0, type)
      let target = arguments.output(0, type)
      guard target.count > 0 else { return }
      for row in 0..<loops.outer * loops.inner {
        let start = row / loops.inner * loops.count * loops.inner + row % loops.inner
        var sum = initial
        for step in 0..<loops.count {
          let place = start + (isReversed ? loops.count - 1 - step : step) * loops.inner
          let next = add(sum, source[place])
          target[place] = result(isExclusive ? sum : next)
          sum = next
        }
      }
    }
  }
}
