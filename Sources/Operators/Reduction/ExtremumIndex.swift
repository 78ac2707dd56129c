import GraphIR
import Tensors

/// What ARG_MAX and ARG_MIN share: the index of the first extremum along the axis in operand 1. A NaN
/// yields to any number.
enum ExtremumIndex {
  static func kernel(_ context: NodeContext, isMaximum: Bool) throws(KernelError) -> any Kernel {
    switch try context.input(0).elementType {
    case .float32: return try kernel(context, isMaximum, Float.self)
    case .int8: return try kernel(context, isMaximum, Int8.self)
    case .uint8: return try kernel(context, isMaximum, UInt8.self)
    case .bool: return try kernel(context, isMaximum, UInt8.self)
    case .int16: return try kernel(context, isMaximum, Int16.self)
    case .int32: return try kernel(context, isMaximum, Int32.self)
    case .int64: return try kernel(context, isMaximum, Int64.self)
    case let type:
      throw .unsupportedType(
        "input 0 is \(type); the operator takes float32, int8, uint8, bool, int16, int32, int64")
    }
  }

  private static func kernel<Element: Comparable & BitwiseCopyable & Sendable>(
    _ context: NodeContext, _ isMaximum: Bool, _ type: Element.Type
  ) throws(KernelError) -> any Kernel {
    switch try context.output().elementType {
    case .int32: return try kernel(context, isMaximum, type, Int32.self)
    case .int64: return try kernel(context, isMaximum, type, Int64.self)
    case let type: throw .unsupportedType("output 0 is \(type), not int32 or int64")
    }
  }

  private static func kernel<Element: Comparable & BitwiseCopyable & Sendable, Index>(
    _ context: NodeContext, _ isMaximum: Bool, _ type: Element.Type, _ index: Index.Type
  ) throws(KernelError) -> any Kernel where Index: FixedWidthInteger & BitwiseCopyable & Sendable {
    try context.requireCounts(inputs: 2...2)
    try context.requireDense(input: 0)
    let input = try context.inputShape(0)
    let output = try context.outputShape()
    let axis = try IntegerOperand(context, input: 1)
    guard axis.count == 1 else { throw .invalidShape("input 1 has \(axis.count) elements; it is one axis") }
    let plan = ExtremumSearchPlan<Element, Index>(input: input, output: output, isMaximum: isMaximum)
    return try plan.kernel(for: [axis])
  }
}

private struct ExtremumSearchPlan<
  Element: Comparable & BitwiseCopyable & Sendable, Index: KernelInteger
>: KernelPlan {
  let input: Shape
  let output: Shape
  let isMaximum: Bool

  func kernel(_ operands: [[Int]]) throws(KernelError) -> ExtremumSearch<Element, Index> {
    let axis = try input.axis(operands[0][0])
    var dimensions = input.dimensions
    dimensions.remove(at: axis)
    try NodeContext.requireOutput(output, is: dimensions)
    guard input[axis] > 0 else { throw .invalidShape("axis \(axis) of \(input) has no index to give") }
    return ExtremumSearch(loops: AxisLoops(input, axis: axis), isMaximum: isMaximum)
  }
}

private struct ExtremumSearch<
  Element: Comparable & BitwiseCopyable & Sendable, Index: KernelInteger
>: Kernel {
  let loops: AxisLoops
  let isMaximum: Bool

  func run(_ arguments: KernelArguments) {
    let source = arguments.input(0, Element.self)
    let target = arguments.output(0, Index.self)
    if isMaximum {
      run(source, target) { $0 > $1 }
    } else {
      run(source, target) { $0 < $1 }
    }
  }

  @inline(__always)
  private func run(
    _ source: TensorBuffer<Element>, _ target: TensorBuffer<Index>, _ isBetter: (Element, Element) -> Bool
  ) {
    for outer in 0..<loops.outer {
      for inner in 0..<loops.inner {
        let start = outer &* loops.count &* loops.inner &+ inner
        var best = source[start]
        var bestIndex = 0
        for index in 1..<max(loops.count, 1) {
          let candidate = source[start &+ index &* loops.inner]
          let replacesNaN = best != best && candidate == candidate
          if isBetter(candidate, best) || replacesNaN { (best, bestIndex) = (candidate, index) }
        }
        target[outer &* loops.inner &+ inner] = Index(truncatingIfNeeded: bestIndex)
      }
    }
  }
}

/// A dense tensor as rows along one axis: `outer` × `count` × `inner` elements.
struct AxisLoops: Sendable {
  let outer: Int
  let count: Int
  let inner: Int

  init(_ shape: Shape, axis: Int) {
    outer = shape.elementCount(0..<axis)
    count = shape[axis]
    inner = shape.elementCount(axis + 1..<shape.rank)
  }
}
