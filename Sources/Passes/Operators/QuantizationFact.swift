import GraphIR
import Tensors

/// Whether an operator can compute with integers.
enum QuantizationFact: Sendable {
  case rule(QuantizationRule)
  /// - Parameter because: why its nodes stay float, as a sentence about it.
  case none(because: String)

  static let noKernel = none(because: "it has no integer kernel on devices")
}

/// What an operator demands of its operands' quantization, by the kernels of TFLM and, where TFLM has none,
/// of LiteRT. Operands that are no weights are activations.
struct QuantizationRule: Sendable {
  /// Why a node cannot be an integer one, in spite of the rule; nil where it can.
  typealias Refusal = @Sendable (Node, Graph) -> String?

  /// The activation types that kernels take.
  let types: [ElementType]
  let sharing: Sharing
  /// The quantization that the kernel gives its results, whatever the file says.
  let fixedOutput: FixedOutput
  /// Beyond these inputs the stored output does not change; nil without bounds.
  let saturation: ClosedRange<Float>?
  /// Options that must be 0 for int16 kernels.
  let clearedInt16Options: [String]
  let refusal: Refusal

  /// Which operands must have one quantization.
  enum Sharing: Sendable {
    case none
    /// The float input and all float outputs.
    case passage
    /// All float inputs and outputs.
    case all
    /// All float inputs.
    case inputs
    /// What is read from a resource variable and written to it.
    case variable
    /// By position, what goes into a loop, what its body takes and gives, and what comes out.
    case loop
  }

  /// Quantization that a kernel takes for granted.
  enum FixedOutput: Sendable {
    case none
    /// 1/256 above zero point −128; int16: 1/32768.
    case unit
    /// 1/128 around zero; int16: 1/32768.
    case signedUnit
    /// 1/16 below zero point 127.
    case logarithm

    func parameters(_ type: ElementType) -> AffineParameters? {
      switch (self, type) {
      case (.none, _): nil
      case (.unit, .int16), (.signedUnit, .int16):
        AffineParameters(.int16, scale: 1.0 / 32768, zeroPoint: 0)
      case (.unit, _): AffineParameters(.int8, scale: 1.0 / 256, zeroPoint: -128)
      case (.signedUnit, _): AffineParameters(.int8, scale: 1.0 / 128, zeroPoint: 0)
      case (.logarithm, _): AffineParameters(.int8, scale: 16.0 / 256, zeroPoint: 127)
      }
    }
  }
}
