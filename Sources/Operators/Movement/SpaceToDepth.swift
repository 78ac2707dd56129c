package import GraphIR

/// Blocks of `block_size`² pixels as one pixel with as many times the channels.
package enum SpaceToDepth: Operator {
  package static let builtin = BuiltinOperator.spaceToDepth

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try SpaceDepth.kernel(context, isToDepth: true)
  }
}
