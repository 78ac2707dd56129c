package import GraphIR

/// A change of a whole model: clean-up, pruning, quantization.
///
/// Options, calibration data among them, are its properties, so that equal passes on equal models give equal
/// bytes. `run` is how a pass is run; `edit` is what it is.
package protocol Pass: Sendable {
  /// The name by which reports and `--stop-after` know the pass, in kebab case.
  static var name: String { get }

  /// - Throws: `PassError` where the model or the pass's data rule the whole pass out. What merely does
  ///   not apply to a part of the model is a refusal in the log.
  func edit(_ model: inout Model, log: inout PassLog) throws(PassError)
}

/// What a pass did to a model, whatever its log says.
package enum PassChange: Sendable, Equatable {
  /// A file of the model has the same bytes as before.
  case unchanged
  case changed
}

extension Pass {
  /// Runs the pass and judges what it leaves.
  ///
  /// - Throws: `PassError` of `edit`, or where the model is broken before the pass, or behind it, which is a bug
  ///   of the pass; the model is then as it was.
  @discardableResult
  package func run(on model: inout Model, log: inout PassLog) throws(PassError) -> PassChange {
    let verifier = GraphVerifier.fitting(model)
    if let problem = verifier.firstProblem(in: model) {
      throw PassError(
        pass: Self.name, place: "\(problem.place)", reason: "\(problem.reason) (before the pass)")
    }
    var edited = model
    try edit(&edited, log: &log)
    if edited.isSame(as: model) { return .unchanged }
    if let problem = verifier.firstProblem(in: edited) {
      throw PassError(
        pass: Self.name, place: "\(problem.place)",
        reason: "left a broken model, which is a bug: \(problem.reason)")
    }
    model = edited
    return .changed
  }
}

/// What a pass did to a model and what it left alone, and why.
package struct PassLog: Sendable, Equatable {
  /// Something at a place in the model.
  package struct Entry: Hashable, Sendable {
    /// The rule or the part of the pass, such as `fold-pad`.
    package let rule: String
    /// Where in the model, such as `operator 12 (CONV_2D)`, by the numbers at the time of the edit.
    package let place: String
    /// What was done, or why it was not: a sentence without a full stop.
    package let sentence: String

    package init(rule: String, place: String, sentence: String) {
      self.rule = rule
      self.place = place
      self.sentence = sentence
    }
  }

  package private(set) var edits: [Entry] = []
  /// Each once: a rule that is tried again refuses again.
  package private(set) var refusals: [Entry] = []
  private var seen: Set<Entry> = []

  package init() {}

  package mutating func edited(_ rule: String, _ place: String, _ sentence: String) {
    edits.append(Entry(rule: rule, place: place, sentence: sentence))
  }

  package mutating func refused(_ rule: String, _ place: String, _ sentence: String) {
    let entry = Entry(rule: rule, place: place, sentence: sentence)
    if seen.insert(entry).inserted { refusals.append(entry) }
  }

  /// Adds what another log says.
  mutating func add(_ other: PassLog) {
    edits += other.edits
    for entry in other.refusals { refused(entry.rule, entry.place, entry.sentence) }
  }
}

/// Why a pass cannot run on a model at all.
package struct PassError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The pass's name.
  package let pass: String
  /// Where in the model; nil where it is not about one place.
  package let place: String?
  /// What is wrong and what to do about it.
  package let reason: String

  package init(pass: String, place: String? = nil, reason: String) {
    self.pass = pass
    self.place = place
    self.reason = reason
  }

  package var description: String {
    [pass, place, reason].compactMap(\.self).joined(separator: ": ")
  }
}
