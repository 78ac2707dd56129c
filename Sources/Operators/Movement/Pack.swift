package import GraphIR
import Tensors

/// Tensors of one shape side by side along a new `axis`.
package enum Pack: Operator {
  package static let builtin = BuiltinOperator.pack

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...Int(Int32.max))
    let output = try context.outputShape()
    let axis = try output.axis(context.attributes.integer("axis"))
    var part = output.dimensions
    part.remove(at: axis)
    var strides = output.strides
    let step = strides.remove(at: axis)
    guard output[axis] == context.node.inputs.count else {
      let count = context.node.inputs.count
      throw .invalidShape("it has \(count) inputs, but axis \(axis) of the output is \(output[axis])")
    }
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
}
