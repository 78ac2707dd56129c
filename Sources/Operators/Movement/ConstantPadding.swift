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
    let plan = PaddingPlan(
      width: width, input: input, output: output, filling: filling,
      keepsElementOrder: context.keepsElementOrder, paddings: paddings)
    return try plan.kernel(for: [paddings.operand])
  }
}

private struct PaddingPlan: KernelPlan {
  let width: Int
  let input: Shape
  let output: Shape
  let filling: ConstantPadding.Filling
  let keepsElementOrder: Bool
  let paddings: PaddingOperand

  func kernel(_ operands: [[Int]]) throws(KernelError) -> PaddedCopy {
    let (before, after) = try paddings.pairs(operands[0])
    let padded = input.dimensions.indices.map { before[$0] + input[$0] + after[$0] }
    try NodeContext.requireOutput(output, is: padded)
    let copy = try AffineCopy(
      width: width, start: (0, output.offset(of: before)), axes: input.axes(target: output.strides),
      counts: (input.elementCount, output.elementCount))
    return PaddedCopy(
      filling: filling, width: width, copy: copy,
      inOrder: keepsElementOrder ? PaddedCopy.Box(input: input, output: output, before: before) : nil)
  }
}

private struct PaddedCopy: Kernel {
  /// Where the input's elements lie in the output.
  struct Box: Sendable {
    let input: Shape
    let output: Shape
    let before: [Int]
  }

  let filling: ConstantPadding.Filling
  /// Bytes of an element.
  let width: Int
  let copy: AffineCopy
  /// Where elements must be written one after another.
  let inOrder: Box?

  func run(_ arguments: KernelArguments) {
    guard let source = arguments.inputs[0] else { return }
    let element: [UInt8]
    switch filling {
    case .bytes(let bytes): element = bytes
    case .operand(let position):
      guard let constant = arguments.inputs[position] else { return }
      element = constant.firstElement(byteCount: width)
    }
    if let inOrder { return inOrder.run(source, arguments.outputs[0], element) }
    arguments.outputs[0].fill(repeating: element)
    copy.run(from: source, to: arguments.outputs[0])
  }
}

extension PaddedCopy.Box {
  /// Writes element after element from front to back, as TFLM's kernel does.
  fileprivate func run(_ source: TensorMemory, _ target: TensorMemory, _ constant: [UInt8]) {
    let (source, target) = (source.elements(UInt8.self), target.elements(UInt8.self))
    let width = constant.count
    var position = [Int](repeating: 0, count: output.rank)
    for index in 0..<output.elementCount {
      var from = 0
      var isInside = true
      for axis in 0..<output.rank {
        let coordinate = position[axis] - before[axis]
        isInside = isInside && coordinate >= 0 && coordinate < input[axis]
        from = from * input[axis] + coordinate
      }
      for byte in 0..<width {
        target[index * width + byte] = isInside ? source[from * width + byte] : constant[byte]
      }
      var axis = output.rank - 1
      while axis >= 0 {
        position[axis] += 1
        if position[axis] < output[axis] { break }
        position[axis] = 0
        axis -= 1
      }
    }
  }
}
