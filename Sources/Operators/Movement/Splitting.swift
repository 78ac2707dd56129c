import Tensors

/// What SPLIT and SPLIT_V share: results that are consecutive pieces of an operand along an axis.
enum Splitting {
  /// - Parameters:
  ///   - input: the position of the operand that is split.
  ///   - axis: the operand that names the axis.
  ///   - sizes: the operand that names the pieces' sizes, one of them perhaps −1; nil for equal pieces.
  static func kernel(
    _ context: NodeContext, input position: Int, axis: IntegerOperand, sizes: IntegerOperand?
  ) throws(KernelError) -> any Kernel {
    let width = try context.movableByteCount(input: position)
    let input = try context.inputShape(position)
    var outputs: [Shape] = []
    for index in context.node.outputs.indices {
      try context.requireSameType(input: position, output: index)
      outputs.append(try context.outputShape(index))
    }
    guard axis.count == 1 else { throw .invalidShape("the axis has \(axis.count) elements, not one") }
    let plan = SplitPlan(position: position, width: width, input: input, outputs: outputs)
    return try plan.kernel(for: [axis] + (sizes.map { [$0] } ?? []))
  }
}

private struct SplitPlan: KernelPlan {
  /// The position of the operand that is split.
  let position: Int
  let width: Int
  let input: Shape
  let outputs: [Shape]

  func kernel(_ operands: [[Int]]) throws(KernelError) -> AffineCopies {
    let axis = try input.axis(operands[0][0])
    let total = input[axis]
    let sizes =
      operands.count > 1
      ? try resolve(operands[1], total: total, count: outputs.count)
      : try equal(total: total, count: outputs.count)
    return AffineCopies(try routes(axis: axis, sizes: sizes))
  }

  private func routes(axis: Int, sizes: [Int]) throws(KernelError) -> [AffineCopies.Route] {
    var start = 0
    var routes: [AffineCopies.Route] = []
    for (index, size) in sizes.enumerated() {
      var part = input.dimensions
      part[axis] = size
      try NodeContext.requireOutput(outputs[index], at: index, is: part)
      let copy = try AffineCopy(
        width: width, start: (start &* input.strides[axis], 0),
        axes: outputs[index].axes(source: input.strides),
        counts: (input.elementCount, outputs[index].elementCount))
      routes.append(AffineCopies.Route(input: position, output: index, copy: copy))
      start += size
    }
    return routes
  }

  private func equal(total: Int, count: Int) throws(KernelError) -> [Int] {
    guard count > 0, total % count == 0 else {
      throw .invalidShape("\(total) indices do not split into \(count) equal parts")
    }
    return [Int](repeating: total / count, count: count)
  }

  private func resolve(_ sizes: [Int], total: Int, count: Int) throws(KernelError) -> [Int] {
    let known = sizes.filter { $0 != -1 }
    let rest = total - known.reduce(0, +)
    let open = sizes.count - known.count
    guard sizes.count == count, open <= 1, known.allSatisfy({ $0 >= 0 }), open == 1 ? rest >= 0 : rest == 0
    else {
      throw .invalidShape("the sizes \(sizes) do not split \(total) indices into \(count) outputs")
    }
    return sizes.map { $0 == -1 ? rest : $0 }
  }
}
