package import GraphIR
import Tensors

/// Tensors one behind another along `axis`; all other axes agree.
///
/// Elements are copied as they are, as TFLM does, save uint8 with other scales or zero points, which
/// LiteRT requantizes.
package enum Concatenation: Operator {
  package static let builtin = BuiltinOperator.concatenation

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    try context.requireCounts(inputs: 1...Int(Int32.max))
    guard FusedActivation(context.attributes) == .none else {
      throw .unsupported("it has a fused activation; no runtime applies one")
    }
    let (output, axis) = try result(context)
    var parts: [PartConcatenation.Part] = []
    var end = 0
    for position in context.node.inputs.indices {
      let shape = try context.inputShape(position)
      try context.requireSameType(input: position)
      let copy = try AffineCopy(
        width: context.movableByteCount(input: position), start: (0, end &* output.strides[axis]),
        axes: shape.axes(target: output.strides), counts: (shape.elementCount, output.elementCount))
      parts.append(
        PartConcatenation.Part(position: position, copy: copy, scaling: try scaling(context, position)))
      end += shape[axis]
    }
    if context.keepsElementOrder, parts.allSatisfy({ $0.scaling == nil }) {
      return BlockConcatenation(blocks: try blocks(context, axis: axis))
    }
    return PartConcatenation(parts: parts)
  }

  /// The result's shape and the axis along which the inputs stand.
  ///
  /// - Throws: `invalidShape` where the inputs do not fit each other, `wrongOutput` where they do not fit the result.
  private static func result(_ context: NodeContext) throws(KernelError) -> (Shape, axis: Int) {
    let output = try context.outputShape()
    let first = try context.inputShape(0)
    let axis = try first.axis(context.attributes.integer("axis"))
    var dimensions = first.dimensions
    dimensions[axis] = 0
    var misfit: (position: Int, shape: Shape)?
    for position in context.node.inputs.indices {
      let shape = try context.inputShape(position)
      let others = shape.dimensions.indices.filter { $0 != axis }
      guard shape.rank == first.rank, others.allSatisfy({ shape[$0] == first[$0] }) else {
        throw .invalidShape("input \(position) is \(shape), which does not fit into the output \(output)")
      }
      dimensions[axis] = dimensions[axis].saturatingAdd(shape[axis])
      let isFitting =
        output.rank == shape.rank && others.allSatisfy { shape[$0] == output[$0] }
        && dimensions[axis] <= output[axis]
      if !isFitting, misfit == nil { misfit = (position, shape) }
    }
    if let misfit {
      let reason = "input \(misfit.position) is \(misfit.shape), which does not fit into the output \(output)"
      throw .wrongOutput(0, gives: dimensions, reason: reason)
    }
    guard dimensions[axis] == output[axis] else {
      let reason = "the inputs have \(dimensions[axis]) indices on axis \(axis), the output is \(output)"
      throw .wrongOutput(0, gives: dimensions, reason: reason)
    }
    return (output, axis)
  }

  /// Bytes that each input adds to every block of the output, in the operands' order.
  private static func blocks(_ context: NodeContext, axis: Int) throws(KernelError) -> [Int] {
    var blocks: [Int] = []
    for position in context.node.inputs.indices {
      let shape = try context.inputShape(position)
      let count = shape.dimensions[axis...].reduce(1) { $0.saturatingMultiply($1) }
      blocks.append(try context.movableByteCount(input: position).saturatingMultiply(count))
    }
    return blocks
  }

  /// The number that each uint8 number becomes; nil where it stays.
  private static func scaling(_ context: NodeContext, _ position: Int) throws(KernelError) -> [UInt8]? {
    let output = try context.output()
    guard output.elementType == .uint8, output.quantization?.isQuantized == true else { return nil }
    let target = try context.quantization(of: output, "output 0")
    let source = try context.quantization(of: context.input(position), "input \(position)")
    guard source != target else { return nil }
    let scale = source.scale * (1 / target.scale)
    let bias = -Float(source.zeroPoint) * scale
    return (0...255).map { number in
      let rounded = (Float(number) * scale + bias).rounded(.toNearestOrAwayFromZero)
      return UInt8(clamping: Int(Int32(exactly: rounded) ?? .min) + Int(target.zeroPoint))
    }
  }
}

/// Copies block after block from front to back, as TFLM's kernel does.
private struct BlockConcatenation: Kernel {
  /// The result's shape and the axis along which the inputs stand.
  ///
  /// - Throws: `invalidShape` where the inputs do not fit each other, `wrongOutput` where they do not fit the result.
  private static func result(_ context: NodeContext) throws(KernelError) -> (Shape, axis: Int) {
    let output = try context.outputShape()
    let first = try context.inputShape(0)
    let axis = try first.axis(context.attributes.integer("axis"))
    var dimensions = first.dimensions
    dimensions[axis] = 0
    var misfit: (position: Int, shape: Shape)?
    for position in context.node.inputs.indices {
      let shape = try context.inputShape(position)
      let others = shape.dimensions.indices.filter { $0 != axis }
      guard shape.rank == first.rank, others.allSatisfy({ shape[$0] == first[$0] }) else {
        throw .invalidShape("input \(position) is \(shape), which does not fit into the output \(output)")
      }
      dimensions[axis] = dimensions[axis].saturatingAdd(shape[axis])
      let isFitting =
        output.rank == shape.rank && others.allSatisfy { shape[$0] == output[$0] }
        && dimensions[axis] <= output[axis]
      if !isFitting, misfit == nil { misfit = (position, shape) }
    }
    if let misfit {
      let reason = "input \(misfit.position) is \(misfit.shape), which does not fit into the output \(output)"
      throw .wrongOutput(0, gives: dimensions, reason: reason)
    }
    guard dimensions[axis] == output[axis] else {
      let reason = "the inputs have \(dimensions[axis]) indices on axis \(axis), the output is \(output)"
      throw .wrongOutput(0, gives: dimensions, reason: reason)
    }
    return (output, axis)
  }

  /// Bytes that each input adds to a block.
  let blocks: [Int]

  func run(_ arguments: KernelArguments) {
    let total = blocks.reduce(0, +)
    let target = arguments.outputs[0].elements(UInt8.self)
    guard total > 0 else { return }
    for round in 0..<target.count / total {
      var to = round * total
      for (position, bytes) in blocks.enumerated() {
        guard let source = arguments.inputs[position] else { continue }
        target.copy(from: source.elements(UInt8.self), round * bytes..<(round + 1) * bytes, to: to)
        to += bytes
      }
    }
  }
}

/// Copies input after input.
private struct PartConcatenation: Kernel {
  struct Part: Sendable {
    let position: Int
    let copy: AffineCopy
    /// New numbers for old ones, where they change.
    let scaling: [UInt8]?
  }

  let parts: [Part]

  func run(_ arguments: KernelArguments) {
    for part in parts {
      guard let source = arguments.inputs[part.position] else { continue }
      if let scaling = part.scaling {
        part.copy.run(source.elements(UInt8.self), arguments.output(0, UInt8.self)) { scaling[Int($0)] }
      } else {
        part.copy.run(from: source, to: arguments.outputs[0])
      }
    }
  }
}
