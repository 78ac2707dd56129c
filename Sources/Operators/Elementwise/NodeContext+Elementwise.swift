import GraphIR
import Tensors

extension NodeContext {
  /// The element type of the first inputs and of the output.
  ///
  /// - Throws: `unsupportedType` where they differ or an input's data is not in memory.
  func sharedType(inputs count: Int) throws(KernelError) -> ElementType {
    let type = try output().elementType
    for position in 0..<count {
      let other = try input(position).elementType
      guard other == type else {
        throw .unsupportedType("input \(position) is \(other), but output 0 is \(type)")
      }
      try requireDense(input: position)
    }
    return type
  }

  /// The error for an input of a type that no kernel takes.
  func refusal(ofInput position: Int, takes: String) -> KernelError {
    let type = optionalInput(position)?.elementType.description ?? "absent"
    return .unsupportedType("input \(position) is \(type); \(node.code.name) takes \(takes)")
  }

  /// The error for an output of a type that no kernel gives.
  func refusal(ofOutputFor position: Int) throws(KernelError) -> KernelError {
    let types = try (input(position).elementType, output().elementType)
    return .unsupportedType("\(node.code.name) gives no \(types.1) from \(types.0)")
  }

  /// Scale and zero point of an input.
  func quantization(ofInput position: Int) throws(KernelError) -> ScaleAndZeroPoint {
    try quantization(of: input(position), "input \(position)")
  }

  /// Scale and zero point of the output.
  func quantizationOfOutput() throws(KernelError) -> ScaleAndZeroPoint {
    try quantization(of: output(), "output 0")
  }

  /// Checks the output's quantization, which the kernel takes for granted.
  ///
  /// - Parameter scale: nil where the kernel does not care.
  /// - Throws: `unsupported` where it is another.
  func requireOutput(scale: Float?, zeroPoint: Int32) throws(KernelError) {
    let output = try quantizationOfOutput()
    if let scale, !(abs(output.scale - scale) <= 0.001 * scale) {
      throw .unsupported("output 0 has scale \(output.scale); \(node.code.name) gives \(scale)")
    }
    guard output.zeroPoint == zeroPoint else {
      throw .unsupported("output 0 has zero point \(output.zeroPoint); \(node.code.name) gives \(zeroPoint)")
    }
  }

  /// - Throws: `unsupported` where an input or the output has a zero point other than 0.
  func requireSymmetric(inputs count: Int) throws(KernelError) {
    for position in 0..<count {
      let zeroPoint = try quantization(ofInput: position).zeroPoint
      try requireZero(zeroPoint, "input \(position)")
    }
    try requireZero(quantizationOfOutput().zeroPoint, "output 0")
  }

  private func requireZero(_ zeroPoint: Int32, _ name: String) throws(KernelError) {
    guard zeroPoint == 0 else {
      throw .unsupported("\(name) has zero point \(zeroPoint); \(node.code.name) takes 0 for int16")
    }
  }
}

extension KernelArguments {
  /// The elements of an input.
  ///
  /// - Throws: `invalidData` where it holds fewer than its shape needs.
  @inline(__always)
  func input<Element: BitwiseCopyable>(
    _ position: Int, _ type: Element.Type, count: Int
  ) throws(KernelError) -> TensorBuffer<Element> {
    let buffer = input(position, type)
    guard buffer.count >= count else {
      throw .invalidData("input \(position) holds \(buffer.count) elements, its shape needs \(count)")
    }
    return buffer
  }

  /// The elements of the first output.
  ///
  /// - Throws: `invalidData` where it holds fewer than its shape needs.
  @inline(__always)
  func output<Element: BitwiseCopyable>(
    _ type: Element.Type, count: Int
  ) throws(KernelError) -> TensorBuffer<Element> {
    let buffer = output(0, type)
    guard buffer.count >= count else {
      throw .invalidData("output 0 holds \(buffer.count) elements, its shape needs \(count)")
    }
    return buffer
  }
}

/// An integer type of tensors.
typealias KernelInteger = FixedWidthInteger & BitwiseCopyable & Sendable

extension FixedWidthInteger {
  /// The range of the type.
  static var range32: ClosedRange<Int32> {
    Int32(clamping: Self.min)...Int32(clamping: Self.max)
  }

  /// The number in a range of the type.
  @inline(__always)
  init(_ x: Int32, clampedTo range: ClosedRange<Int32>) {
    self.init(truncatingIfNeeded: clamp(x, to: range))
  }
}
