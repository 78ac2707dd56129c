import Tensors

/// Which elements of a tensor go into which element of a result when axes are reduced.
///
/// Neighbouring axes of one kind are one loop. Elements are met in the tensor's order, so that each result
/// is summed as TensorFlow Lite's reference kernels sum it.
struct Reduction: Sendable {
  private struct Group {
    var count: Int
    var isReduced: Bool
    /// Elements of the result from one index to the next; 0 where the axis is reduced.
    var target = 0
  }

  private let groups: [Group]
  /// Elements of the result.
  let outputCount: Int
  /// Elements that go into each of them.
  let reducedCount: Int
  /// The result's shape where reduced axes stay with size 1, and where they go.
  let keptDimensions: [Int]
  let droppedDimensions: [Int]

  /// - Parameter axes: axes as operands name them: perhaps negative, perhaps twice.
  /// - Throws: `invalidShape` where an axis does not exist.
  init(_ shape: Shape, axes: [Int]) throws(KernelError) {
    var isReduced = [Bool](repeating: false, count: shape.rank)
    for number in axes where shape.rank > 0 { isReduced[try shape.axis(number)] = true }
    let marked = zip(shape.dimensions, isReduced)
    keptDimensions = marked.map { $1 ? 1 : $0 }
    droppedDimensions = marked.filter { !$1 }.map(\.0)
    var groups: [Group] = []
    for (count, isReduced) in marked where count != 1 {
      if groups.last?.isReduced == isReduced {
        groups[groups.count - 1].count = groups[groups.count - 1].count.saturatingMultiply(count)
      } else {
        groups.append(Group(count: count, isReduced: isReduced))
      }
    }
    var target = 1
    for index in groups.indices.reversed() where !groups[index].isReduced {
      groups[index].target = target
      target = target.saturatingMultiply(groups[index].count)
    }
    self.groups = groups
    outputCount = target
    reducedCount = groups.reduce(1) { $1.isReduced ? $0.saturatingMultiply($1.count) : $0 }
  }

  /// Sets every accumulator to `initial` and then combines it with its elements, in their order.
  @inline(__always)
  func accumulate<Element: BitwiseCopyable, Accumulator: BitwiseCopyable>(
    _ input: TensorBuffer<Element>, into accumulators: TensorBuffer<Accumulator>, initial: Accumulator,
    _ combine: (Accumulator, Element) -> Accumulator
  ) {
    for index in 0..<outputCount { accumulators[index] = initial }
    forEachRow { source, target, row in
      if row.isReduced {
        var accumulator = accumulators[target]
        for index in source..<source &+ row.count { accumulator = combine(accumulator, input[index]) }
        accumulators[target] = accumulator
      } else {
        for index in 0..<row.count {
          accumulators[target &+ index] = combine(accumulators[target &+ index], input[source &+ index])
        }
      }
    }
  }

  /// Calls back for every innermost loop, in the tensor's order.
  @inline(__always)
  private func forEachRow(_ body: (_ source: Int, _ target: Int, _ row: Group) -> Void) {
    guard reducedCount > 0, outputCount > 0 else { return }
    let row = groups.last ?? Group(count: 1, isReduced: false, target: 1)
    let outer = groups.dropLast()
    var position = [Int](repeating: 0, count: outer.count)
    var source = 0
    var target = 0
    while true {
      body(source, target, row)
      source += row.count
      var axis = outer.count - 1
      while axis >= 0 {
        position[axis] += 1
        target += outer[axis].target
        if position[axis] < outer[axis].count { break }
        target -= outer[axis].target * outer[axis].count
        position[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }
}

/// What is made of the elements that are reduced to one.
protocol ReductionFunction: Sendable {
  /// Bytes of scratch memory for each element of the result.
  static var scratchByteCount: Int { get }

  func run(_ reduction: Reduction, _ arguments: KernelArguments) throws(KernelError)
}

extension ReductionFunction {
  static var scratchByteCount: Int { 0 }

  /// A kernel that reduces operand 0 along the axes in operand 1.
  ///
  /// - Throws: `invalidShape` where the declared result has another shape.
  func kernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 2...2)
    try context.requireSameType()
    try context.requireDense(input: 0)
    let plan = ReductionPlan(
      function: self, input: try context.inputShape(0), output: try context.outputShape(),
      keepsAxes: context.attributes.bool("keep_dims"))
    return try plan.kernel(for: [IntegerOperand(context, input: 1)])
  }
}

private struct ReductionPlan<Function: ReductionFunction>: KernelPlan {
  let function: Function
  let input: Shape
  let output: Shape
  let keepsAxes: Bool

  var scratchByteCount: Int { output.elementCount.saturatingMultiply(Function.scratchByteCount) }

  func kernel(_ operands: [[Int]]) throws(KernelError) -> Reduced<Function> {
    let reduction = try Reduction(input, axes: operands[0])
    try NodeContext.requireOutput(
      output, is: keepsAxes ? reduction.keptDimensions : reduction.droppedDimensions)
    return Reduced(function: function, reduction: reduction)
  }
}

private struct Reduced<Function: ReductionFunction>: Kernel {
  let function: Function
  let reduction: Reduction

  var scratchByteCount: Int { reduction.outputCount.saturatingMultiply(Function.scratchByteCount) }

  func run(_ arguments: KernelArguments) throws(KernelError) { try function.run(reduction, arguments) }
}
