package import Foundation

/// What a search has found so far, to go on with later.
package struct SearchState: Sendable, Equatable, Codable {
  /// A candidate with its figures, or the sentence by which it was refused.
  package struct Entry: Sendable, Equatable, Codable {
    package let candidate: SearchCandidate
    package let figures: SearchFigures?
    package let refusal: String?

    package init(_ candidate: SearchCandidate, figures: SearchFigures) {
      (self.candidate, self.figures, refusal) = (candidate, figures, nil)
    }

    package init(_ candidate: SearchCandidate, refusal: String) {
      (self.candidate, figures, self.refusal) = (candidate, nil, refusal)
    }
  }

  /// A measured candidate that may be the best.
  package struct Contender: Sendable, Equatable {
    package let candidate: SearchCandidate
    package let figures: SearchFigures

    package init(_ candidate: SearchCandidate, _ figures: SearchFigures) {
      self.candidate = candidate
      self.figures = figures
    }
  }

  private static let currentVersion = 1

  private let version: Int
  /// What the figures depend on: the model, the data, and how they are used.
  package let fingerprint: String
  /// The figures of the model as it came.
  package let before: SearchFigures
  package private(set) var entries: [Entry] = []
  /// Digests of the files that were written for candidates, by their keys; nil in states of before these were kept.
  private var files: [String: String]?

  package init(fingerprint: String, before: SearchFigures) {
    version = Self.currentVersion
    self.fingerprint = fingerprint
    self.before = before
  }

  package mutating func add(_ found: [Entry]) { entries += found }

  /// Remembers the file of a candidate.
  package mutating func keep(_ bytes: [UInt8], for candidate: SearchCandidate) {
    files = (files ?? [:]).merging([candidate.key: Self.digest(bytes)]) { $1 }
  }

  /// Whether a file is the one that was written for a candidate, so that it need not be made again.
  package func isKept(_ bytes: [UInt8], for candidate: SearchCandidate) -> Bool {
    files?[candidate.key] == Self.digest(bytes)
  }

  private static func digest(_ bytes: [UInt8]) -> String {
    var fingerprint = SearchFingerprint()
    fingerprint.add(bytes)
    return fingerprint.text
  }

  /// Candidates with figures; the budget counts these.
  package var measuredCount: Int { entries.count { $0.figures != nil } }

  /// The measured candidates without those that TFLM cannot run, unless it cannot run the original either.
  package var contenders: [Contender] {
    entries.compactMap { entry in
      guard let figures = entry.figures, figures.model.top1 != nil else { return nil }
      guard figures.refusal == nil || before.refusal != nil else { return nil }
      return Contender(entry.candidate, figures)
    }
  }

  package var front: ParetoFront { ParetoFront(contenders) }

  /// The best candidate for a goal; for size and speed, of those that lose at most so many points of accuracy.
  package func best(_ goal: SearchGoal, within maximumDrop: Double) -> Contender? {
    let floor = goal == .accuracy ? -1 : (before.model.top1 ?? 0) - maximumDrop / 100
    // A drop of just so many points counts as kept, whatever the last bit of the difference says.
    return goal.best(of: contenders, floor: floor - 1e-9)
  }

  /// The state as JSON, with sorted keys.
  package func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }

  /// - Throws: `SearchStateError` where the JSON is no state, is damaged, or belongs to another search.
  package init(json: Data, fingerprint: String) throws(SearchStateError) {
    let state: SearchState
    do { state = try JSONDecoder().decode(SearchState.self, from: json) } catch { throw .unreadable }
    guard state.version == Self.currentVersion else { throw .otherVersion(state.version) }
    guard state.fingerprint == fingerprint else { throw .otherInputs }
    guard state.before.isPlausible else { throw .damaged(entry: "the original") }
    var seen: Set<String> = []
    for entry in state.entries {
      let key = entry.candidate.key
      guard
        entry.candidate.isValid, seen.insert(key).inserted, (entry.figures == nil) != (entry.refusal == nil),
        entry.figures?.isPlausible ?? true
      else { throw .damaged(entry: key) }
    }
    self = state
  }
}

/// Why a search cannot go on with a state.
package enum SearchStateError: Error, Sendable, Equatable, CustomStringConvertible {
  case unreadable
  case otherVersion(Int)
  case otherInputs
  case damaged(entry: String)

  package var description: String {
    switch self {
    case .unreadable: "is not the state of a search; name another file, or delete it to begin anew"
    case .otherVersion(let version): "is the state of a search in form \(version), which is not known"
    case .otherInputs:
      "belongs to a search with another model, other data or other options; name another file to begin anew"
    case .damaged(let entry): "is damaged at the candidate '\(entry)'; delete it to begin anew"
    }
  }
}
