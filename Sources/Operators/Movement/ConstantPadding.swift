import Tensors

/// What PAD and PADV2 share: operand 0 with a constant around it, as many elements before and behind each
/// axis as operand 1 says.
enum ConstantPadding {
  /// Where the bytes of the constant are.
  enum Filling: Sendable {
    case bytes([UInt8])
    case operand(Int)
  }

  static func kernel(_ context: NodeContext, _ filling: Filling) throws(KernelError) -> any Kernel {
    try context.requireSameType()
    let width = try context.movableByteCount(input: 0)
    let input = try context.inputShape(0)
    let output = try context.outputShape()
    let paddings = try PaddingOperand(context, rank: input.rank)
    return try PlannedKernel([paddings.operand]) { operands throws(KernelError) in
      let (before, after) = try paddings.pairs(operands[0])
      let padded = input.dimensions.indices.map { before[$0] + input[$0] + after[$0] }
      try NodeContext.require(output, is: padded, "output 0")
      return try AffineCopy(
        width: width, start: (0, output.offset(of: before)), axes: input.axes(target: output.strides),
        counts: (input.elementCount, output.elementCount))
    } _: { copy, arguments in
      guard let source = arguments.inputs[0] else { return }
      switch filling {
      case .bytes(let bytes): arguments.outputs[0].fill(repeating: bytes)
      case .operand(let position):
        guard let constant = arguments.inputs[position] else { return }
        arguments.outputs[0].fill(repeating: constant.firstElement(byteCount: width))
      }
      copy.run(from: source, to: arguments.outputs[0])
    }
  }
}
