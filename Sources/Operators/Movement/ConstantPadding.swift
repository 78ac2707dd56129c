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
    let (width, last) = (constant.count, output.rank - 1)
    // Of a scalar, one row of one element.
    let length = last < 0 ? 1 : output[last]
    let (lead, inner) = last < 0 ? (0, 1) : (before[last], input[last])
    guard length > 0 else { return }
    var position = [Int](repeating: 0, count: max(last, 0))
    var next = 0
    func write(_ byte: UInt8) {
      target[next] = byte
      next += 1
    }
    func pad(_ count: Int) { for _ in 0..<count { for byte in 0..<width { write(constant[byte]) } } }
    for _ in 0..<output.elementCount / length {
      if let row = row(at: position) {
        pad(lead)
        for index in row * inner * width..<(row + 1) * inner * width { write(source[index]) }
        pad(length - lead - inner)
      } else {
        pad(length)
      }
      advance(&position)
    }
  }

  /// The row of the input that lies at a position of all axes but the last; nil where none does.
  private func row(at position: [Int]) -> Int? {
    var row = 0
    for (axis, number) in position.enumerated() {
      let coordinate = number - before[axis]
      guard coordinate >= 0, coordinate < input[axis] else { return nil }
      row = row * input[axis] + coordinate
    }
    return row
  }

  private func advance(_ position: inout [Int]) {
    for axis in position.indices.reversed() {
      position[axis] += 1
      if position[axis] < output[axis] { return }
      position[axis] = 0
    }
  }
}
