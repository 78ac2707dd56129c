import GraphIR
import Tensors

/// What an operator demands of its operands' quantization, by the kernels of TFLM and, where TFLM has none,
/// of LiteRT.
struct QuantizationRule: Sendable {
  let builtin: BuiltinOperator
  /// The activation types that kernels take.
  var types: [ElementType] = [.int8]
  /// Which float operands are weights and bias; all others are activations.
  var layer: Layer?
  var sharing = Sharing.none
  /// The quantization that the kernel gives its results, whatever the file says.
  var fixedOutput = FixedOutput.none
  /// Beyond these inputs the stored output does not change; nil without bounds.
  var saturation: ClosedRange<Float>?
  /// Whether the operator only moves numbers, so that it runs as well in float.
  var isMovement = false
  /// Why a node cannot be an integer one, in spite of the rule.
  var refusal: @Sendable (Node, Graph) -> String? = { _, _ in nil }

  /// Positions of an operator's weights.
  struct Layer: Sendable {
    let input: Int
    let filter: Int
    let bias: Int
    /// The filter's axis of output channels, along which scales differ.
    let channelAxis: Int
  }

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

/// The rules of all operators that can run on integers.
enum QuantizationRules {
  static let all: [QuantizationRule] =
    LayerRules.all + ElementwiseRules.all + ActivationRules.all + MovementRules.all + PoolingRules.all
    + ReductionRules.all + RecurrentRules.all

  /// The rule of an operator; nil for one that stays float.
  static func rule(for code: OperatorCode) -> QuantizationRule? {
    table.indices.contains(Int(code.builtin.rawValue)) ? table[Int(code.builtin.rawValue)] : nil
  }

  private static let table: [QuantizationRule?] = {
    let count = (all.map { Int($0.builtin.rawValue) }.max() ?? 0) + 1
    var table = [QuantizationRule?](repeating: nil, count: count)
    for rule in all { table[Int(rule.builtin.rawValue)] = rule }
    return table
  }()
}
