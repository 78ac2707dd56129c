import Tensors

/// The operands of a convolution by position, with their types checked against each other.
struct ConvolutionOperands: Sendable {
  let input: Int
  let filter: Int
  let bias: Int?
  let inputType: ElementType
  let filterType: ElementType
  let biasType: ElementType?

  /// The operands in a given order, with types that fit each other.
  init(_ inputType: ElementType, _ filterType: ElementType, bias: ElementType?) {
    (input, filter, self.bias) = (0, 1, bias == nil ? nil : 2)
    self.inputType = inputType
    self.filterType = filterType
    biasType = bias
  }

  /// - Throws: where an operand is missing, the output's type is not the input's, the bias has another
  ///   length than the output has channels, or a constant has fewer bytes than its shape.
  init(
    _ context: NodeContext, input: Int, filter: Int, bias: Int, outputChannels: Int
  ) throws(KernelError) {
    self.input = input
    self.filter = filter
    for position in [input, filter, bias] where context.optionalInput(position) != nil {
      try context.requireDense(input: position)
    }
    inputType = try context.input(input).elementType
    filterType = try context.input(filter).elementType
    let outputType = try context.output().elementType
    guard outputType == inputType else {
      throw .unsupportedType("output is \(outputType), input \(input) is \(inputType)")
    }
    guard let value = context.optionalInput(bias) else {
      (self.bias, biasType) = (nil, nil)
      return
    }
    self.bias = bias
    biasType = value.elementType
    guard value.shape?.elementCount == outputChannels else {
      throw .invalidShape("input \(bias) (bias) has not \(outputChannels) elements, one per output channel")
    }
  }

  /// - Throws: `unsupportedType` where the bias has none of the given types.
  func requireBias(_ types: ElementType...) throws(KernelError) {
    guard let bias, let biasType, !types.contains(biasType) else { return }
    let names = types.map(\.description).joined(separator: " or ")
    throw .unsupportedType("input \(bias) (bias) is \(biasType), not \(names)")
  }
}

extension NodeContext {
  /// Whether the options announce a type for the bias of a 16-bit operator.
  func hasBiasType(_ type: ElementType) -> Bool {
    attributes.integer("quantized_bias_type") == Int(type.rawValue)
  }
}

extension KernelArguments {
  /// The weights as bytes: those of the operand, or its 4-bit weights unpacked into the scratch memory.
  func weights(_ operands: ConvolutionOperands, count: Int) -> TensorBuffer<Int8> {
    let stored = input(operands.filter, Int8.self)
    guard operands.filterType == .int4 else { return stored }
    let unpacked = scratch.elements(Int8.self)
    Nibbles.unpack(stored, count: count, to: unpacked)
    return unpacked
  }

  /// Reads the bias of a 16-bit convolution, which is int32, int64 or absent.
  func wideBias(_ operands: ConvolutionOperands) -> (_ channel: Int) -> Int64 {
    guard let position = operands.bias else { return { _ in 0 } }
    if operands.biasType == .int32 {
      let bias = input(position, Int32.self)
      return { Int64(bias[$0]) }
    }
    let bias = input(position, Int64.self)
    return { bias[$0] }
  }
}

/// Signed 4-bit elements, two to a byte, the first in the low bits.
enum Nibbles {
  static func unpack(_ source: TensorBuffer<Int8>, count: Int, to target: TensorBuffer<Int8>) {
    for index in 0..<count {
      let byte = source[index / 2]
      target[index] = index % 2 == 0 ? (byte << 4) >> 4 : byte >> 4
    }
  }
}
