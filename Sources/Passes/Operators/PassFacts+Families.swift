import GraphIR

extension PassFacts {
  /// An operator that no integer kernel takes and that passes know little about.
  static func opaque(gradient: GradientFact, channels: ChannelFact) -> PassFacts {
    PassFacts(
      quantization: .noKernel, versions: .first, gradient: gradient, channels: channels, equalization: .ends,
      activation: .none, weights: .none, movement: .computes)
  }

  /// Arithmetic of operands that are spread over the result.
  static func arithmetic(
    _ quantization: QuantizationFact, versions: OperatorVersions, gradient: GradientFact,
    activation: ActivationFact
  ) -> PassFacts {
    PassFacts(
      quantization: quantization, versions: versions, gradient: gradient, channels: .broadcast,
      equalization: .ends, activation: activation, weights: .none, movement: .computes)
  }

  /// A function of one tensor.
  static func function(
    _ quantization: QuantizationFact, versions: OperatorVersions, gradient: GradientFact,
    channels: ChannelFact, equalization: EqualizationFact, activation: ActivationFact
  ) -> PassFacts {
    PassFacts(
      quantization: quantization, versions: versions, gradient: gradient, channels: channels,
      equalization: equalization, activation: activation, weights: .none, movement: .computes)
  }

  /// Two operands become flags; integers are compared as they are stored.
  static func comparison(int16Version: Int32) -> PassFacts {
    PassFacts(
      quantization: .rule(.sharing(.inputs, [.int8])), versions: .integers(int8: 2, int16: int16Version),
      gradient: .discrete, channels: .unknown, equalization: .ends, activation: .none, weights: .none,
      movement: .computes)
  }

  /// Stored numbers are moved as they are.
  static func moving(
    sharing: QuantizationRule.Sharing, versions: OperatorVersions, gradient: GradientFact,
    channels: ChannelFact, equalization: EqualizationFact, movement: MovementFact
  ) -> PassFacts {
    PassFacts(
      quantization: .rule(.sharing(sharing, [.int8, .int16])), versions: versions, gradient: gradient,
      channels: channels, equalization: equalization, activation: .none, weights: .none, movement: movement)
  }

  /// The numbers along some axes become one.
  static func reduction(
    _ rule: QuantizationRule, versions: OperatorVersions, gradient: GradientFact, channels: ChannelFact
  ) -> PassFacts {
    PassFacts(
      quantization: .rule(rule), versions: versions, gradient: gradient, channels: channels,
      equalization: .ends, activation: .none, weights: .none, movement: .computes)
  }

  /// A window that moves over rows and columns of each channel.
  static func pool(
    _ quantization: QuantizationFact, versions: OperatorVersions, gradient: GradientFact,
    equalization: EqualizationFact
  ) -> PassFacts {
    PassFacts(
      quantization: quantization, versions: versions, gradient: gradient, channels: .each,
      equalization: equalization, activation: .applied, weights: .none, movement: .computes)
  }
}
