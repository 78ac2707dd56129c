package import Runtimes

/// What keeps TFLM from running a model, or its answers from being right.
package struct FirmwareWarning: Sendable, Equatable {
  package enum Kind: String, Sendable, CaseIterable {
    case noKernel = "no-kernel"
    case customOperator = "custom-operator"
    case float16 = "float16"
    case hybrid = "hybrid"
    case uint8 = "uint8"
    case int4 = "int4"
    case types = "types"
    case computedOperand = "computed-operand"
    case sparse = "sparse"
    case dynamicShape = "dynamic-shape"
    case offlinePlan = "offline-plan"
    /// The arena's figure leaves out what an operator allocates.
    case arena = "arena"
    /// The library of the format is older than the operator.
    case library = "library"
    case quantization = "quantization"
    case shape = "shape"
    case emptyTensor = "empty-tensor"
    case options = "options"
    case operands = "operands"
    case externalData = "external-data"
    /// State that the program carries from an output to an input.
    case state
    /// Operators that run on an NPU.
    case npu
  }

  package let kind: Kind
  package let severity: TFLMFinding.Severity
  /// The first place, such as `subgraph 0, operator 12 (CONV_2D)`.
  package let place: String
  /// Further places with the same problem.
  package let moreCount: Int
  /// What is wrong, as a sentence without a full stop.
  package let problem: String
  /// What to do about it.
  package let remedy: String

  /// - Parameter severity: nil for that of the kind.
  package init(
    kind: Kind, severity: TFLMFinding.Severity? = nil, place: String, moreCount: Int = 0, problem: String,
    remedy: String
  ) {
    self.kind = kind
    self.severity = severity ?? kind.severity
    self.place = place
    self.moreCount = moreCount
    self.problem = problem
    self.remedy = remedy
  }

  /// Whether TFLM refuses the model, or stops while it runs.
  package var isRefusal: Bool { severity == .refused }

  /// Place and problem, without what helps; says where TFLM would go on and be wrong.
  package var clause: String {
    severity == .wrongAnswers ? "wrong answers, \(place): \(problem)" : "\(place): \(problem)"
  }
}

extension FirmwareWarning.Kind {
  init(_ kind: TFLMFinding.Kind) {
    switch kind {
    case .quantization: self = .quantization
    case .types: self = .types
    case .shape: self = .shape
    case .emptyTensor: self = .emptyTensor
    case .options: self = .options
    case .operands: self = .operands
    case .computedOperand: self = .computedOperand
    case .offlinePlan: self = .offlinePlan
    case .externalData: self = .externalData
    }
  }

  /// That of a warning which says nothing else.
  fileprivate var severity: TFLMFinding.Severity {
    switch self {
    case .offlinePlan, .arena, .library, .state, .npu: .warning
    case .sparse: .wrongAnswers
    default: .refused
    }
  }
}

extension FirmwareWarning: CustomStringConvertible {
  package var description: String {
    let more = moreCount == 0 ? "" : ", and \(moreCount) more like it"
    return "\(place)\(more): \(problem). \(remedy)"
  }
}
