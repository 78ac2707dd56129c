import GraphIR
import Operators
import Tensors

/// What an operator has to do with fused activations.
enum ActivationFact: Sendable {
  /// Every runtime applies an activation that its options name.
  case applied
  /// Its options name one that no runtime applies.
  case ignored(because: String)
  /// It is an activation itself, which the operator before it can apply.
  case fusible(FusedActivation)
  /// Nothing is fused into it or with it.
  case none
}

extension PassFacts {
  /// Whether every runtime applies an activation fused into the operator.
  var appliesActivation: Bool {
    if case .applied = activation { true } else { false }
  }

  /// The fused activation that does the same as the operator; nil where none does.
  var fusibleActivation: FusedActivation? {
    if case .fusible(let activation) = activation { activation } else { nil }
  }
}
