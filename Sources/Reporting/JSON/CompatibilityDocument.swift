import Firmware

/// Whether TFLM runs a model, and what is wrong with it, as JSON.
struct CompatibilityDocument: Encodable {
  let runs: Bool
  /// Whether TFLM's answers are the model's.
  let rightAnswers: Bool
  let findings: [Finding]

  struct Finding: Encodable {
    /// `refused`, `wrong-answers` or `warning`.
    let severity: String
    let kind: String
    /// The first place.
    let place: String
    /// Further places with the same problem.
    let more: Int
    let problem: String
    let remedy: String
  }

  init(_ verdict: TFLMVerdict) {
    runs = verdict.runs
    rightAnswers = verdict.isRight
    findings = verdict.warnings.map {
      Finding(
        severity: $0.severity.rawValue, kind: $0.kind.rawValue, place: $0.place, more: $0.moreCount,
        problem: $0.problem, remedy: $0.remedy)
    }
  }
}
