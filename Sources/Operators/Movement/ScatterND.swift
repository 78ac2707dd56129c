package import GraphIR
import Tensors

/// Zeros in the shape of operand 2, and the slices of operand 1 added at the index tuples in operand 0;
/// for bool, a slice sets what it says.
package enum ScatterND: Operator {
  package static let builtin = BuiltinOperator.scatterND

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    switch try context.input(1).elementType {
    case .float32: try kernel(context, FloatScatter())
    case .int8: try kernel(context, IntegerScatter<Int8>())
    case .uint8: try kernel(context, IntegerScatter<UInt8>())
    case .bool: try kernel(context, BoolScatter())
    case .int32: try kernel(context, IntegerScatter<Int32>())
    case .int64: try kernel(context, IntegerScatter<Int64>())
    case let type:
      throw .unsupportedType("input 1 is \(type); SCATTER_ND takes float32, int8, uint8, bool, int32, int64")
    }
  }

  private static func kernel<Function: ScatterFunction>(
    _ context: NodeContext, _ function: Function
  ) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 3...3)
    try context.requireSameType(input: 1)
    try context.requireDense(input: 1)
    let output = try context.outputShape()
    let updates = try context.inputShape(1)
    let slices = try IndexedSlices(
      of: output, indices: IndexOperand(context, input: 0, types: [.int32]), width: 1)
    try NodeContext.require(updates, is: slices.gatheredDimensions, "input 1")
    let shape = try IntegerOperand(context, input: 2, types: [.int32])
    let plan = ScatterPlan(function: function, output: output, slices: slices)
    return try plan.kernel(for: [shape])
  }
}

private struct ScatterPlan<Function: ScatterFunction>: KernelPlan {
  let function: Function
  let output: Shape
  let slices: IndexedSlices

  func kernel(_ operands: [[Int]]) throws(KernelError) -> ScatteredSlices<Function> {
    try NodeContext.requireOutput(output, is: operands[0])
    return ScatteredSlices(function: function, slices: slices)
  }
}

private struct ScatteredSlices<Function: ScatterFunction>: Kernel {
  let function: Function
  let slices: IndexedSlices

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let source = arguments.input(1, Function.Element.self)
    let target = arguments.output(0, Function.Element.self)
    target.fill(function.zero)
    try slices.forEach(arguments) { slice, place in
      for index in 0..<slices.byteCount {
        target[slice + index] = function.add(target[slice + index], source[place + index])
      }
    }
  }
}

/// How elements that meet at one place are combined.
private protocol ScatterFunction: Sendable {
  associatedtype Element: BitwiseCopyable, Sendable

  var zero: Element { get }

  func add(_ old: Element, _ new: Element) -> Element
}

private struct FloatScatter: ScatterFunction {
  var zero: Float { 0 }

  func add(_ old: Float, _ new: Float) -> Float { old + new }
}

private struct IntegerScatter<Element: KernelInteger>: ScatterFunction {
  var zero: Element { 0 }

  func add(_ old: Element, _ new: Element) -> Element { old &+ new }
}

private struct BoolScatter: ScatterFunction {
  var zero: UInt8 { 0 }

  func add(_ old: UInt8, _ new: UInt8) -> UInt8 { (old | new) == 0 ? 0 : 1 }
}
