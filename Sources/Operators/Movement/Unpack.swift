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
    var copies: [AffineCopy] = []
    for position in context.node.outputs.indices {
      try context.requireSameType(output: position)
      try context.requireOutput(position, shape: part)
      let shape = try context.outputShape(position)
      copies.append(
        try AffineCopy(
          width: width, start: (position &* step, 0), axes: shape.axes(source: strides),
          counts: (input.elementCount, shape.elementCount)))
    }
    return AffineCopy.kernel(copies)
  }
}

extension AffineCopy {
  /// Copies from operand 0 (or the one at another position) to one result after another.
  static func kernel(_ copies: [AffineCopy], input: Int = 0) -> any Kernel {
    ClosureKernel { arguments in
      guard let source = arguments.inputs[input] else { return }
      for (position, copy) in copies.enumerated() { copy.run(from: source, to: arguments.outputs[position]) }
    }
  }
}
