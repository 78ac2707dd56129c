import GraphIR
import Tensors

/// Demands on scales and zero points; nil where a demand is met.
extension RefusalSite {
  /// Demands that narrow integers have a scale and a zero point in the file, whatever they are.
  func isPlain(_ operands: Operand...) -> Refusal? {
    for operand in operands {
      guard let tensor = self[operand], tensor.value.isNarrowInteger, !tensor.isQuantized else { continue }
      return lacksScale(operand)
    }
    return nil
  }

  /// Demands that narrow integers have scale and zero point, both above nothing.
  ///
  /// Where one is missing the runtime takes both for 0, and multipliers made of them stop the program.
  func lacksScale(_ operands: Operand...) -> Refusal? {
    for operand in operands {
      guard let tensor = self[operand], tensor.value.isNarrowInteger, !(tensor.scale > 0) else { continue }
      return refuse(
        .quantization,
        "needs the scale and the zero point of \(name(operand)), which is \(tensor.type) without them",
        Remedy.quantize)
    }
    return nil
  }

  /// Warns of narrow integers without scale and zero point, which the kernel takes for 0.
  func readsNoScale(_ operands: Operand...) -> Refusal? {
    for operand in operands {
      guard let tensor = self[operand], tensor.value.isNarrowInteger, !(tensor.scale > 0) else { continue }
      return misreads(
        .quantization, "computes with the scale of \(name(operand)), which is \(tensor.type) without one",
        Remedy.quantize)
    }
    return nil
  }

  /// Demands zero points of 0 of int16 operands.
  func isAsymmetric16(_ operands: Operand...) -> Refusal? {
    for operand in operands {
      guard let tensor = self[operand], tensor.type == .int16, tensor.zeroPoint != 0 else { continue }
      return refuse(
        .quantization,
        "takes int16 with zero point 0 only, and that of \(name(operand)) is \(tensor.zeroPoint)",
        "Quantize the float model again, symmetrically to 16 bits.")
    }
    return nil
  }

  /// Demands a scale and a zero point of an operand of one type.
  ///
  /// - Parameter tolerance: relative difference of the scale that is still taken.
  func differs(
    from scale: Float, _ zeroPoint: Int, called text: String, tolerance: Float = 0, at operand: Operand
  ) -> Refusal? {
    guard let tensor = self[operand] else { return nil }
    let isNear = abs(tensor.scale - scale) <= tolerance * scale
    if isNear, tensor.zeroPoint == zeroPoint { return nil }
    return refuse(
      .quantization,
      "takes \(name(operand)) as \(tensor.type) with scale \(text) and zero point \(zeroPoint) only, "
        + "and this has \(tensor.scale) and \(tensor.zeroPoint)",
      Remedy.quantize)
  }

  /// Demands the same scale and zero point of both operands.
  func differInScale(_ first: Operand, _ second: Operand, by tolerance: Double = 0) -> Refusal? {
    guard let one = self[first], let other = self[second] else { return nil }
    let distance = abs(Double(one.scale) - Double(other.scale))
    if distance <= tolerance, one.zeroPoint == other.zeroPoint { return nil }
    return refuse(
      .quantization, "takes \(name(first)) and \(name(second)) with one scale and zero point only",
      Remedy.requantize)
  }
}
