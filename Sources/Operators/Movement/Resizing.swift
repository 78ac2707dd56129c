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

  let batches: Int
  let height: Axis
  let width: Axis
  let channels: Int
}

/// How a RESIZE operator makes new elements of old ones.
protocol ResizingFunction: Sendable {
  /// Which old elements make a new element of an axis.
  associatedtype Entry: Sendable

  func table(_ axis: Resizing.Axis) -> [Entry]

  func run(_ resizing: Resizing, _ rows: [Entry], _ columns: [Entry], _ arguments: KernelArguments)
}

extension ResizingFunction {
  /// A kernel that uses tables of both axes.
  ///
  /// - Throws: `invalidShape` where the declared output has not the size in operand 1.
  func kernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
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
    let plan = ResizingPlan(
      function: self, input: input, output: output, isAligned: isAligned, isHalfPixel: isHalfPixel)
    return try plan.kernel(for: [size])
  }
}

private struct ResizingPlan<Function: ResizingFunction>: KernelPlan {
  let function: Function
  let input: Shape
  let output: Shape
  let isAligned: Bool
  let isHalfPixel: Bool

  func kernel(_ operands: [[Int]]) throws(KernelError) -> ResizedPictures<Function> {
    let size = operands[0]
    try NodeContext.requireOutput(output, is: [input[0], size[0], size[1], input[3]])
    let resizing = Resizing(batches: input[0], height: axis(1), width: axis(2), channels: input[3])
    try NodeContext.requireTable(entries: resizing.height.output.saturatingAdd(resizing.width.output))
    return ResizedPictures(
      function: function, resizing: resizing,
      rows: output.elementCount > 0 ? function.table(resizing.height) : [],
      columns: output.elementCount > 0 ? function.table(resizing.width) : [])
  }

  private func axis(_ index: Int) -> Resizing.Axis {
    Resizing.Axis(input: input[index], output: output[index], isAligned: isAligned, isHalfPixel: isHalfPixel)
  }
}

private struct ResizedPictures<Function: ResizingFunction>: Kernel {
  let function: Function
  let resizing: Resizing
  let rows: [Function.Entry]
  let columns: [Function.Entry]

  func run(_ arguments: KernelArguments) { function.run(resizing, rows, columns, arguments) }
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
