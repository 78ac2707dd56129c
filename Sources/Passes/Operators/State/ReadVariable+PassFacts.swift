import GraphIR

/// READ_VARIABLE: no kernel, as sessions keep variables themselves.
enum ReadVariable: PassOperator {
  static let builtin = BuiltinOperator.readVariable
  static let customName: String? = nil
  static let passFacts = PassFacts(
    quantization: .rule(.sharing(.variable, [.int8, .int16])),
    versions: .first,
    gradient: .none(because: "its variable lasts from run to run"),
    channels: .unknown,
    equalization: .ends,
    activation: .none,
    weights: .none,
    movement: .computes)
}
