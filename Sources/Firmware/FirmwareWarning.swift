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
    case form = "form"
    case computedOperand = "computed-operand"
    case sparse = "sparse"
    case string = "string"
    case dynamicShape = "dynamic-shape"
    case offlinePlan = "offline-plan"
    /// The arena's figure leaves out what an operator allocates.
    case arena = "arena"
    /// The library of the format is older than the operator.
    case library = "library"
  }

  package let kind: Kind
  /// The first place, such as `subgraph 0, operator 12 (CONV_2D)`.
  package let place: String
  /// Further places with the same problem.
  package let moreCount: Int
  /// What is wrong, as a sentence without a full stop.
  package let problem: String
  /// What to do about it.
  package let remedy: String

  package init(kind: Kind, place: String, moreCount: Int = 0, problem: String, remedy: String) {
    self.kind = kind
    self.place = place
    self.moreCount = moreCount
    self.problem = problem
    self.remedy = remedy
  }

  /// Whether TFLM refuses the model, or stops while it runs.
  package var isRefusal: Bool {
    switch kind {
    case .offlinePlan, .arena, .library: false
    default: true
    }
  }
}

extension FirmwareWarning: CustomStringConvertible {
  package var description: String {
    let more = moreCount == 0 ? "" : ", and \(moreCount) more like it"
    return "\(place)\(more): \(problem). \(remedy)"
  }
}
