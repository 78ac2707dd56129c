/// How channels, indices of the last axis, come through an operator.
enum ChannelFact: Sendable, Equatable {
  /// A layer: its weights can lose any input and any output. Needs `LayerOperands`.
  case layer
  /// Every channel of the first operand is one of the result.
  case each
  /// Operands spread over the result as NumPy does.
  case broadcast
  /// Zeros around; channels stay apart.
  case padding
  /// Operands side by side along an axis.
  case joining
  /// One number for many along axes that the second operand names.
  case reduction
  /// The same numbers in the same order, in another shape.
  ///
  /// - Parameter storesShape: whether the file stores the new shape, in an operand or an option.
  case reshaping(storesShape: Bool)
  /// What it reads and writes keeps all channels.
  ///
  /// - Parameter because: what the operator is or does, as a relative clause.
  case none(because: String)

  /// Nobody has looked at what becomes of channels in the operator.
  static let unknown = none(because: "through which nnopt follows no channels")

  var isReshaping: Bool {
    if case .reshaping = self { true } else { false }
  }
}

/// Whether equalization may scale a channel before an operator instead of behind it: f(s·x) = s·f(x) for s > 0,
/// channel by channel.
enum EqualizationFact: Sendable {
  case passes
  /// As long as it clamps nothing but negative numbers.
  case passesUnclamped
  /// Scales are not followed through it.
  case ends
}
