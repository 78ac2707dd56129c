package import GraphIR
import Tensors

/// The sum of two or more tensors of one shape; equals TFLM's ADD_N, and LiteRT's for int32. All int8
/// inputs must have the same quantization; as in TFLM their sum starts at what a stored 0 stands for.
package enum AddN: Operator {
  package static let builtin = BuiltinOperator.addN

  package static func makeKernel(_ context: NodeContext) throws(KernelError) -> any Kernel {
    let inputs = context.node.inputs.count
    try context.requireCounts(inputs: 2...max(2, inputs))
    let type = try context.sharedType(inputs: inputs)
    let shape = try context.inputShape(0)
    try context.requireOutput(shape: shape.dimensions)
    for position in 1..<inputs {
      try NodeContext.require(context.inputShape(position), is: shape.dimensions, "input \(position)")
    }
    let terms = Terms(inputs: inputs, elements: shape.elementCount)
    switch type {
    case .float32: return FloatTermSum(terms: terms)
    case .int32: return IntegerTermSum(terms: terms)
    case .int8: return try quantizedKernel(context, terms)
    default: throw context.refusal(ofInput: 0, takes: "float32, int8, int32")
    }
  }

  private static func quantizedKernel(
    _ context: NodeContext, _ terms: Terms
  ) throws(KernelError) -> any Kernel {
    let input = try context.quantization(ofInput: 0)
    let output = try context.quantizationOfOutput()
    for position in 1..<terms.inputs where try context.quantization(ofInput: position) != input {
      throw .unsupported("input \(position) has another quantization than input 0")
    }
    return try QuantizedTermSum(terms: terms, input: input, output: output)
  }
}

/// The inputs of a sum.
private struct Terms: Sendable {
  let inputs: Int
  let elements: Int

  func buffers<Element: BitwiseCopyable>(
    _ arguments: KernelArguments, _ type: Element.Type
  ) throws(KernelError) -> [TensorBuffer<Element>] {
    var buffers: [TensorBuffer<Element>] = []
    for position in 0..<inputs { buffers.append(try arguments.input(position, type, count: elements)) }
    return buffers
  }
}

private struct FloatTermSum: Kernel {
  let terms: Terms

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let buffers = try terms.buffers(arguments, Float.self)
    let output = try arguments.output(Float.self, count: terms.elements)
    for index in 0..<terms.elements {
      var sum: Float = 0
      for buffer in buffers { sum += buffer[index] }
      output[index] = sum
    }
  }
}

private struct IntegerTermSum: Kernel {
  let terms: Terms

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let buffers = try terms.buffers(arguments, Int32.self)
    let output = try arguments.output(Int32.self, count: terms.elements)
    for index in 0..<terms.elements {
      var sum: Int32 = 0
      for buffer in buffers { sum = sum &+ buffer[index] }
      output[index] = sum
    }
  }
}

private struct QuantizedTermSum: Kernel {
  private let terms: Terms
  /// What each stored number adds.
  private let scaled: ByteTable<Int32>
  private let scale: QuantizedMultiplier
  private let zeroPoint: Int32

  init(terms: Terms, input: ScaleAndZeroPoint, output: ScaleAndZeroPoint) throws(KernelError) {
    let scales = try QuantizedSumScales(input.scale, input.scale, output: output.scale, leftShift: 20)
    self.terms = terms
    scaled = ByteTable(Int8.self) { scales.left.apply((Int32($0) &- input.zeroPoint) &<< 20) }
    scale = scales.output
    zeroPoint = output.zeroPoint
  }

  func run(_ arguments: KernelArguments) throws(KernelError) {
    let buffers = try terms.buffers(arguments, Int8.self)
    let result = try arguments.output(Int8.self, count: terms.elements)
    for index in 0..<terms.elements {
      var sum = scaled[Int8(0)]
      for buffer in buffers { sum = sum &+ scaled[buffer[index]] }
      result[index] = Int8(scale.apply(sum) &+ zeroPoint, clampedTo: Int8.range32)
    }
  }
}
