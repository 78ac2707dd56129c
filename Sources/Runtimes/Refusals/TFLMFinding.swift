package import GraphIR

/// Something in a model that TFLM refuses, gets wrong, or does otherwise than expected.
package struct TFLMFinding: Sendable, Equatable {
  package enum Severity: String, Sendable {
    /// TFLM ends with an error, or its program ends, while it allocates or runs the model.
    case refused
    /// TFLM runs the model, and its answers are not the model's.
    case wrongAnswers = "wrong-answers"
    /// TFLM runs the model, and something about it deserves a look.
    case warning
  }

  package enum Kind: String, Sendable, CaseIterable {
    /// Scales and zero points.
    case quantization
    /// Element types that differ where they must not.
    case types
    /// Sizes and numbers of dimensions.
    case shape
    /// A size that is zero or not known.
    case emptyTensor = "empty-tensor"
    /// Options that are missing, or that the kernel does not take.
    case options
    /// Data that stand where TFLM does not look.
    case externalData = "external-data"
    /// Operands that are missing, or too many.
    case operands
    /// Operands that the model computes, and the kernel takes as constants only.
    case computedOperand = "computed-operand"
    /// Offsets of tensors that the file brings or lacks.
    case offlinePlan = "offline-plan"
  }

  package enum Place: Sendable, Hashable {
    case node(GraphID, NodeID)
    case value(GraphID, ValueID)
  }

  package let severity: Severity
  package let kind: Kind
  package let place: Place
  /// What is wrong, as a sentence without a full stop.
  package let problem: String
  /// What to do about it.
  package let remedy: String

  init(place: Place, refusal: Refusal) {
    severity = refusal.severity
    kind = refusal.kind
    self.place = place
    problem = refusal.problem
    remedy = refusal.remedy
  }
}

/// A finding whose place is not said yet.
struct Refusal: Equatable {
  var severity = TFLMFinding.Severity.refused
  let kind: TFLMFinding.Kind
  let problem: String
  let remedy: String
}
