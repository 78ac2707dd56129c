import GraphIR
import Tensors

/// What the RESIZE operators share: operand 0 is N×H×W×C, operand 1 holds the new height and width.
struct Resizing: Sendable {
  /// Old and new size of an axis, and how their indices correspond.
  struct Axis: Sendable {
    let input: Int
    let output: Int
    /// Whether the first and last elements of both coincide.
    let isAligned: Bool
    /// Whether elements stand for the middle of their interval.
    let isHalfPixel: Bool
  }

  private struct Plan<Entry: Sendable>: Sendable {
    let resizing: Resizing
    let rows: [Entry]
    let columns: [Entry]
  }

  let batches: Int
  let height: Axis
  let width: Axis
  let channels: Int

  /// A kernel that uses tables of both axes.
  ///
  /// - Parameter table: which old elements make each new element of an axis.
  /// - Throws: `invalidShape` where the declared output has not the size in operand 1.
  static func kernel<Entry: Sendable>(
    _ context: NodeContext, table: @escaping @Sendable (Axis) -> [Entry],
    _ body: @escaping @Sendable (Resizing, _ rows: [Entry], _ columns: [Entry], KernelArguments) -> Void
  ) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    try context.requireSameType()
    try context.requireDense(input: 0)
    let input = try context.inputShape(0)
    let output = try context.outputShape()
    let isAligned = context.attributes.bool("align_corners")
    let isHalfPixel = context.attributes.bool("half_pixel_centers")
    guard !isAligned || !isHalfPixel else {
      throw .unsupported("align_corners and half_pixel_centers exclude each other")
    }
    let size = try IntegerOperand(context, input: 1, types: [.int32])
    guard input.rank == 4, size.count == 2 else {
      throw .invalidShape("input 0 is \(input) and the new size has \(size.count) numbers, not N×H×W×C and 2")
    }
    guard input.elementCount > 0 || output.elementCount == 0 else {
      throw .invalidShape("input 0 is \(input), which has no elements")
    }
    return try PlannedKernel([size]) { operands throws(KernelError) in
      let size = operands[0]
      try NodeContext.require(output, is: [input[0], size[0], size[1], input[3]], "output 0")
      func axis(_ index: Int) -> Axis {
        Axis(input: input[index], output: output[index], isAligned: isAligned, isHalfPixel: isHalfPixel)
      }
      let resizing = Resizing(batches: input[0], height: axis(1), width: axis(2), channels: input[3])
      return Plan(
        resizing: resizing, rows: output.elementCount > 0 ? table(resizing.height) : [],
        columns: output.elementCount > 0 ? table(resizing.width) : [])
    } _: { plan, arguments in
      body(plan.resizing, plan.rows, plan.columns, arguments)
    }
  }
}

extension Resizing.Axis {
  /// Old elements from one new element to the next.
  var scale: Float {
    isAligned && output > 1 ? Float(input - 1) / Float(output - 1) : Float(input) / Float(output)
  }

  /// The old element nearest to each new one.
  var nearest: [Int] {
    let offset: Float = isHalfPixel ? 0.5 : 0
    return (0..<output).map { index in
      let position = (Float(index) + offset) * scale
      let rounded = isAligned ? position.rounded(.toNearestOrAwayFromZero) : position.rounded(.down)
      return max(0, min(Int(rounded), input - 1))
    }
  }
}
