import GraphIR
import Operators

/// An operator with what the passes know about it, in the file of its name.
protocol PassOperator: Sendable {
  static var builtin: BuiltinOperator { get }
  static var customName: String? { get }
  static var passFacts: PassFacts { get }
}

/// What the passes know about one operator. No fact has a default value.
struct PassFacts: Sendable {
  /// What integer kernels demand of the operands' quantization.
  let quantization: QuantizationFact
  /// The version of the operator that a file must name, by stored types.
  let versions: OperatorVersions
  /// How derivatives of the result become those of the operands.
  let gradient: GradientFact
  /// Which channels of operands and results go together when some are removed.
  let channels: ChannelFact
  /// Whether channels may be scaled before it instead of behind it.
  let equalization: EqualizationFact
  /// What it has to do with activations fused into operators.
  let activation: ActivationFact
  /// Which operands are weights.
  let weights: WeightsFact
  /// Whether it computes, or only moves numbers.
  let movement: MovementFact
}

extension PassFacts {
  /// What integer kernels demand; nil for an operator that stays float.
  var quantizationRule: QuantizationRule? {
    if case .rule(let rule) = quantization { rule } else { nil }
  }

  /// The operands of a layer; nil for other operators.
  var layer: LayerOperands? {
    if case .layer(let operands) = weights { operands } else { nil }
  }

  /// The operands of an operator with state; nil for other operators.
  var recurrence: RecurrentOperands? {
    if case .recurrent(let operands) = weights { operands } else { nil }
  }
}

extension OperatorCode {
  /// What the passes know about the operator; nil where that is nothing.
  var passFacts: PassFacts? {
    guard builtin == .custom else { return PassFactsTable.builtins[builtin] }
    return customName.flatMap { PassFactsTable.customs[$0] }
  }
}

extension Node {
  /// What the passes know about the node's operator; nil where that is nothing.
  var passFacts: PassFacts? { code.passFacts }
}

/// The facts of all operators, by code.
enum PassFactsTable {
  static let builtins: [BuiltinOperator: PassFacts] = Dictionary(
    operators.filter { $0.builtin != .custom }.map { ($0.builtin, $0.passFacts) }, uniquingKeysWith: { $1 })

  static let customs: [String: PassFacts] = Dictionary(
    operators.compactMap { entry in entry.customName.map { ($0, entry.passFacts) } }, uniquingKeysWith: { $1 }
  )
}
