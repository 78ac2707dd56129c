package import GraphIR
import Tensors

/// Along a new `axis` of as many places as operand 1 says, operand 2 where operand 0 names the place and operand 3
/// elsewhere; equals LiteRT's ONE_HOT.
package enum OneHot: Operator {
  package static let builtin = BuiltinOperator.oneHot

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 4...4)
    for position in 2...3 {
      try context.requireSameType(input: position)
      let shape = try context.inputShape(position)
      guard shape.elementCount == 1 else {
        throw .invalidShape("input \(position) is \(shape), not one element")
      }
    }
    let types: [ElementType] = [.float32, .int32, .int64, .int8, .uint8, .bool]
    let type = try context.output().elementType
    guard types.contains(type) else {
      throw .unsupportedType("output 0 is \(type); ONE_HOT takes float32, int32, int64, int8, uint8, bool")
    }
    _ = try context.movableByteCount(input: 3)
    let indices = try IntegerOperand.checked(context, input: 0)
    let number = context.attributes.integer("axis")
    let axis = number == -1 ? indices.shape.rank : number
    guard (0...indices.shape.rank).contains(axis) else {
      throw .invalidShape("axis \(number) does not exist behind \(indices.shape)")
    }
    let depth = try IntegerOperand(context, input: 1, types: [.int32])
    guard depth.count == 1 else {
      throw .invalidShape("input 1 has \(depth.count) elements; it is one depth")
    }
    let plan = OneHotPlan(
      indices: indices.shape, isWide: indices.isWide, axis: axis, output: try context.outputShape(),
      width: try context.movableByteCount(input: 2))
    return try plan.kernel(for: [depth])
  }
}

extension IntegerOperand {
  /// The shape of an operand of indices, and whether they have 64 bits.
  fileprivate static func checked(
    _ context: NodeContext, input position: Int
  ) throws(KernelError) -> (shape: Shape, isWide: Bool) {
    let type = try context.input(position).elementType
    guard type == .int32 || type == .int64 else {
      throw .unsupportedType("input \(position) is \(type), not int32 or int64")
    }
    try context.requireDense(input: position)
    return (try context.inputShape(position), type == .int64)
  }
}

private struct OneHotPlan: KernelPlan {
  let indices: Shape
  let isWide: Bool
  let axis: Int
  let output: Shape
  /// Bytes of an element of the result.
  let width: Int

  func kernel(_ operands: [[Int]]) throws(KernelError) -> OneHotRows {
    let depth = operands[0][0]
    guard depth >= 0 else { throw .invalidShape("the depth \(depth) must not be negative") }
    var dimensions = indices.dimensions
    dimensions.insert(depth, at: axis)
    try NodeContext.requireOutput(output, is: dimensions)
    return OneHotRows(
      outer: indices.elementCount(0..<axis), depth: depth,
      inner: indices.elementCount(axis..<indices.rank), isWide: isWide, width: width)
  }
}

private struct OneHotRows: Kernel {
  let outer: Int
  let depth: Int
  let inner: Int
  /// Whether indices have 64 bits, of which the kernel looks at the lower 32.
  let isWide: Bool
  let width: Int

  func run(_ arguments: KernelArguments) {
    let (on, off) = (arguments.input(2, UInt8.self), arguments.input(3, UInt8.self))
    let target = arguments.output(0, UInt8.self)
    for row in 0..<outer {
      for column in 0..<inner {
        let index = self.index(arguments, row * inner + column)
        for place in 0..<depth {
          let start = ((row * depth + place) * inner + column) * width
          target.copy(from: place == index ? on : off, 0..<width, to: start)
        }
      }
    }
  }

  private func index(_ arguments: KernelArguments, _ position: Int) -> Int {
    isWide
      ? Int(Int32(truncatingIfNeeded: arguments.input(0, Int64.self)[position]))
      : Int(arguments.input(0, Int32.self)[position])
  }
}
