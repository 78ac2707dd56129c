import GraphIR
import Tensors

/// What MEAN and SUM of quantized tensors share: 32-bit sums of stored numbers, then one rescaling.
struct QuantizedReduction<Element: KernelInteger>: ReductionFunction {
  private let inputZeroPoint: Int32
  private let outputZeroPoint: Int32
  private let multiplier: QuantizedMultiplier
  private let isMean: Bool

  init(_ context: NodeContext, isMean: Bool) throws(KernelError) {
    let input = try context.quantization(of: context.input(0), "input 0")
    let output = try context.quantization(of: context.output(), "output 0")
    inputZeroPoint = input.zeroPoint
    outputZeroPoint = output.zeroPoint
    multiplier = QuantizedMultiplier(Double(input.scale) / Double(output.scale))
    self.isMean = isMean
  }

  static var scratchByteCount: Int { MemoryLayout<Int32>.stride }

  func run(_ reduction: Reduction, _ arguments: KernelArguments) {
    let sums = arguments.scratch.elements(Int32.self)
    reduction.accumulate(arguments.input(0, Element.self), into: sums, initial: 0) {
      $0 &+ Int32(truncatingIfNeeded: $1)
    }
    finish(reduction, sums, arguments.output(0, Element.self))
  }

  private func finish(
    _ reduction: Reduction, _ sums: TensorBuffer<Int32>, _ target: TensorBuffer<Element>
  ) {
    let count = reduction.reducedCount
    guard count > 0 else { return target.fill(0) }
    let multiplier = isMean ? multiplier.divided(by: count) : multiplier
    let offset = Int32(truncatingIfNeeded: Int(inputZeroPoint) &* count)
    for index in 0..<reduction.outputCount {
      target[index] = Element(clamping: multiplier.apply(sums[index] &- offset) &+ outputZeroPoint)
    }
  }
}

extension QuantizedMultiplier {
  /// The number over a count of elements, as TensorFlow Lite's MEAN computes it: the fraction is shifted
  /// left as far as it stays exact in 64 bits, then divided.
  func divided(by count: Int) -> QuantizedMultiplier {
    let bits = Int32(63 - count.leadingZeroBitCount)
    let room = max(0, min(bits, 32, 31 + shift))
    return QuantizedMultiplier(
      multiplier: Int32(truncatingIfNeeded: (Int64(multiplier) << Int64(room)) / Int64(count)),
      shift: shift - room)
  }
}
