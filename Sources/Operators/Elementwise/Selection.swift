import Tensors

/// Elements of one tensor where a condition holds, and of another elsewhere; all three broadcast.
struct Selection: Sendable {
  fileprivate let broadcast: Broadcast
  fileprivate let counts: (condition: Int, left: Int, right: Int)

  /// - Parameter condition: the shape as which the condition's elements broadcast.
  init(_ context: NodeContext, condition: Shape) throws(KernelError) {
    let (left, right) = try (context.inputShape(1), context.inputShape(2))
    broadcast = try Broadcast(condition, left, right)
    try context.requireOutput(shape: broadcast.shape.dimensions)
    counts = (condition.elementCount, left.elementCount, right.elementCount)
  }

  /// A kernel that moves elements of one, two, four or eight bytes.
  func kernel(elementByteCount: Int) throws(KernelError) -> any Kernel {
    switch elementByteCount {
    case 1: return SelectedElements<UInt8>(selection: self).specialized()
    case 2: return SelectedElements<UInt16>(selection: self).specialized()
    case 4: return SelectedElements<UInt32>(selection: self).specialized()
    case 8: return SelectedElements<UInt64>(selection: self).specialized()
    default: throw .unsupportedType("elements of \(elementByteCount) bytes cannot be selected")
    }
  }
}

private struct SelectedElements<Element: KernelInteger>: Kernel {
  let selection: Selection

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let (broadcast, counts) = (selection.broadcast, selection.counts)
    let conditions = try arguments.input(0, UInt8.self, count: counts.condition)
    let left = try arguments.input(1, Element.self, count: counts.left)
    let right = try arguments.input(2, Element.self, count: counts.right)
    let output = try arguments.output(Element.self, count: broadcast.shape.elementCount)
    let steps = broadcast.steps
    broadcast.forEachRun { run in
      for index in 0..<run.count {
        let isLeft = conditions[run.left + index * steps.left] != 0
        output[run.output + index] =
          isLeft ? left[run.right + index * steps.right] : right[run.third + index * steps.third]
      }
    }
  }
}

extension NodeContext {
  /// Bytes of one element of the tensors from which SELECT and SELECT_V2 take.
  func selectedByteCount() throws(KernelError) -> Int {
    try requireCounts(inputs: 3...3)
    let condition = try input(0).elementType
    guard condition == .bool else { throw .unsupportedType("input 0 is \(condition), not bool") }
    try requireDense(input: 0)
    try requireSameType(input: 1)
    try requireSameType(input: 2)
    _ = try movableByteCount(input: 2)
    return try movableByteCount(input: 1)
  }
}
