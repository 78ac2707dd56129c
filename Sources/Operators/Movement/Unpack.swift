package import GraphIR
import Tensors

/// The slices of a tensor along `axis`, each a result without that axis.
package enum Unpack: Operator {
  package static let builtin = BuiltinOperator.unpack

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let input = try context.inputShape(0)
    let axis = try input.axis(context.attributes.integer("axis"))
    try context.requireCounts(inputs: 1...1, outputs: input[axis])
    let width = try context.movableByteCount(input: 0)
    var part = input.dimensions
    part.remove(at: axis)
    var strides = input.strides
    let step = strides.remove(at: axis)
    var routes: [AffineCopies.Route] = []
    for position in context.node.outputs.indices {
      try context.requireSameType(output: position)
      try context.requireOutput(position, shape: part)
      let shape = try context.outputShape(position)
      let copy = try AffineCopy(
        width: width, start: (position &* step, 0), axes: shape.axes(source: strides),
        counts: (input.elementCount, shape.elementCount))
      routes.append(AffineCopies.Route(output: position, copy: copy))
    }
    return AffineCopies(routes)
  }
}
