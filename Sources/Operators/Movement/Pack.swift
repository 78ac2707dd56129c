package import GraphIR
import Tensors

/// Tensors of one shape side by side along a new `axis`.
package enum Pack: Operator {
  package static let builtin = BuiltinOperator.pack

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...Int(Int32.max))
    let part = try context.inputShape(0).dimensions
    let axis = try axis(context.attributes.integer("axis"), rank: part.count + 1)
    let output = try context.outputShape()
    let count = context.node.inputs.count
    var dimensions = part
    dimensions.insert(count, at: axis)
    guard output.dimensions == dimensions else {
      throw .wrongOutput(
        0, gives: dimensions,
        reason: "it has \(count) inputs of \(part.count) dimensions, but output 0 is \(output)")
    }
    var strides = output.strides
    let step = strides.remove(at: axis)
    var routes: [AffineCopies.Route] = []
    for position in context.node.inputs.indices {
      let shape = try context.inputShape(position)
      try context.requireSameType(input: position)
      try NodeContext.require(shape, is: part, "input \(position)")
      let copy = try AffineCopy(
        width: context.movableByteCount(input: position), start: (0, position &* step),
        axes: shape.axes(target: strides), counts: (shape.elementCount, output.elementCount))
      routes.append(AffineCopies.Route(input: position, copy: copy))
    }
    return AffineCopies(routes)
  }
  private static func axis(_ number: Int, rank: Int) throws(KernelError) -> Int {
    let axis = number < 0 ? number + rank : number
    guard (0..<rank).contains(axis) else {
      throw .invalidShape("axis \(number) does not exist in a result of \(rank) dimensions")
    }
    return axis
  }
}
