package import GraphIR

/// The channels of a pixel as a block of `block_size`² pixels.
package enum DepthToSpace: Operator {
  package static let builtin = BuiltinOperator.depthToSpace

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try SpaceDepth.kernel(context, isToDepth: false)
  }
}
