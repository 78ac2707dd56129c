package import GraphIR
import Tensors

/// The k (operand 1) largest elements of each row along the last axis, largest first, and their indices;
/// of equals, the first. A NaN is less than any number.
package enum TopKV2: Operator {
  package static let builtin = BuiltinOperator.topkV2

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.input(0).elementType {
    case .float32: return try kernel(context, Float.self)
    case .int8: return try kernel(context, Int8.self)
    case .uint8: return try kernel(context, UInt8.self)
    case .int16: return try kernel(context, Int16.self)
    case .int32: return try kernel(context, Int32.self)
    case .int64: return try kernel(context, Int64.self)
    case let type:
      throw .unsupportedType(
        "input 0 is \(type); TOPK_V2 takes float32, int8, uint8, int16, int32, int64")
    }
  }

  private static func kernel<Element: Comparable & BitwiseCopyable & Sendable>(
    _ context: NodeContext, _ type: Element.Type
  ) throws(KernelError) -> any Kernel {
    switch try context.output(1).elementType {
    case .int16: return try kernel(context, type, Int16.self)
    case .int32: return try kernel(context, type, Int32.self)
    case let type: throw .unsupportedType("output 1 is \(type), not int16 or int32")
    }
  }

  private static func kernel<Element: Comparable & BitwiseCopyable & Sendable, Index>(
    _ context: NodeContext, _ type: Element.Type, _ index: Index.Type
  ) throws(KernelError) -> any Kernel where Index: FixedWidthInteger & BitwiseCopyable & Sendable {
    try context.requireCounts(inputs: 2...2, outputs: 2)
    try context.requireSameType()
    try context.requireDense(input: 0)
    let input = try context.inputShape(0)
    let outputs = [try context.outputShape(0), try context.outputShape(1)]
    let count = try IntegerOperand(context, input: 1, types: [.int16, .int32])
    guard let size = input.dimensions.last, size <= Index.max, count.count == 1 else {
      throw .invalidShape("input 0 is \(input) and input 1 has \(count.count) elements, not rows and one k")
    }
    let rows = input.elementCount(0..<input.rank - 1)
    let plan = LargestPlan<Element, Index>(
      outputs: outputs, leading: Array(input.dimensions.dropLast()), rows: rows, size: size)
    return try plan.kernel(for: [count])
  }
}

private struct LargestPlan<
  Element: Comparable & BitwiseCopyable & Sendable, Index: KernelInteger
>: KernelPlan {
  let outputs: [Shape]
  /// The axes around a row.
  let leading: [Int]
  let rows: Int
  let size: Int

  func kernel(_ operands: [[Int]]) throws(KernelError) -> LargestElements<Element, Index> {
    let count = max(0, operands[0][0])
    guard count <= size else { throw .invalidShape("k is \(count), but rows have \(size) elements") }
    for (position, output) in outputs.enumerated() {
      try NodeContext.requireOutput(output, at: position, is: leading + [count])
    }
    return LargestElements(count: count, rows: rows, size: size)
  }
}

private struct LargestElements<
  Element: Comparable & BitwiseCopyable & Sendable, Index: KernelInteger
>: Kernel {
  /// How many of each row.
  let count: Int
  let rows: Int
  /// Elements of a row.
  let size: Int

  func run(_ arguments: KernelArguments) {
    guard count > 0 else { return }
    let source = arguments.input(0, Element.self)
    let (values, indices) = (arguments.output(0, Element.self), arguments.output(1, Index.self))
    for row in 0..<rows {
      for (place, best) in largest(of: source, in: row * size..<(row + 1) * size).enumerated() {
        values[row * count + place] = source[best]
        indices[row * count + place] = Index(truncatingIfNeeded: best - row * size)
      }
    }
  }

  /// The places of the largest elements, in order.
  private func largest(of elements: TensorBuffer<Element>, in range: Range<Int>) -> [Int] {
    var best: [Int] = []
    best.reserveCapacity(count + 1)
    for place in range {
      let element = elements[place]
      var rank = best.count
      while rank > 0, precedes(element, elements[best[rank - 1]]) { rank -= 1 }
      guard rank < count else { continue }
      best.insert(place, at: rank)
      if best.count > count { best.removeLast() }
    }
    return best
  }

  private func precedes(_ left: Element, _ right: Element) -> Bool {
    left > right || (right != right && left == left)
  }
}
