import Firmware

/// What TFLM refuses of a model, and what it gets wrong, a refusal first.
struct CompatibilityText {
  let verdict: TFLMVerdict
  /// What the model is called, such as "this model".
  let subject: String
  /// Whether what TFLM refuses is no failure: the model is for another runtime.
  var isExpected = false
  let style: TerminalStyle

  private static let mostWarnings = 6

  var lines: [String] {
    let sorted = verdict.warnings.filter(\.isRefusal) + verdict.warnings.filter { !$0.isRefusal }
    guard !sorted.isEmpty else { return [] }
    let shown = sorted.prefix(Self.mostWarnings).flatMap { warning in
      style.paragraph(
        DisplayText.sanitized("\(warning)"), tone: warning.isRefusal && !isExpected ? .bad : .warning)
    }
    let rest = sorted.count - Self.mostWarnings
    return [heading] + shown + (rest > 0 ? style.paragraph("and \(rest) more", tone: .faint) : [])
      + (verdict.isRight || isExpected
        ? [] : style.paragraph("--runtime none plans the tensors alone, for other runtimes", tone: .faint))
  }

  private var heading: String {
    if !verdict.runs {
      return isExpected
        ? style.paint("TFLM refuses \(subject); LiteRT may run it", .warning)
        : style.paint("does not run: TFLM refuses \(subject)", .strongBad)
    }
    return verdict.isRight
      ? style.paint("runs on TFLM, but:", .warning)
      : style.paint("gives wrong answers on TFLM:", isExpected ? .warning : .strongBad)
  }
}
