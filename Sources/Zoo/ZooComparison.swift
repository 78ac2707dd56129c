/// What differs between two runs of a zoo: what got better, and what got worse.
package struct ZooComparison: Sendable {
  package struct Change: Sendable, Equatable {
    package enum Kind: String, Sendable {
      case better
      case worse
      /// In the new zoo only.
      case new
      /// In the old zoo only.
      case gone
    }

    package let kind: Kind
    package let model: String
    package let board: String
    /// Arenas of the zoo's files; nil where there is none.
    package let oldBytes: Int?
    package let newBytes: Int?
    /// What changed, in clauses.
    package let reasons: [String]
  }

  /// By model and board.
  package let changes: [Change]
  /// Results that are alike in both.
  package let equalCount: Int

  package var regressions: [Change] { changes.filter { $0.kind == .worse } }

  /// - Parameters:
  ///   - toleranceBytes: how much larger an arena may be.
  ///   - tolerancePoints: how many points of accuracy may be lost.
  package init(_ old: [ZooRow], _ new: [ZooRow], toleranceBytes: Int, tolerancePoints: Double) {
    let (old, new) = (Self.byPlace(old), Self.byPlace(new))
    var (changes, equal) = ([Change](), 0)
    for place in Set(old.keys).union(new.keys) {
      let (before, after) = (old[place], new[place])
      let (kind, reasons) = Self.judge(before, after, toleranceBytes, tolerancePoints)
      guard let kind else {
        equal += 1
        continue
      }
      changes.append(
        Change(
          kind: kind, model: place.model, board: place.board, oldBytes: before?.arenaBytes,
          newBytes: after?.arenaBytes, reasons: reasons))
    }
    self.changes = changes.sorted { ($0.model, $0.board) < ($1.model, $1.board) }
    equalCount = equal
  }

  private struct Place: Hashable {
    let model: String
    let board: String
  }

  private static func byPlace(_ rows: [ZooRow]) -> [Place: ZooRow] {
    Dictionary(
      rows.filter { !$0.isVanished }.map { (Place(model: $0.model, board: $0.board), $0) }
    ) { first, _ in first }
  }

  private static func judge(
    _ old: ZooRow?, _ new: ZooRow?, _ toleranceBytes: Int, _ tolerancePoints: Double
  ) -> (Change.Kind?, [String]) {
    guard let old else { return (.new, [new?.verdict.rawValue ?? ""]) }
    guard let new else { return (.gone, []) }
    var (worse, better) = ([String](), [String]())
    if rank(old.verdict) != rank(new.verdict) {
      let text = "\(old.verdict.rawValue) → \(new.verdict.rawValue)"
      if rank(old.verdict) < rank(new.verdict) { worse.append(text) } else { better.append(text) }
    }
    if let before = old.arenaBytes, let after = new.arenaBytes, before != after {
      let text = "arena \(after > before ? "+" : "−")\(abs(after - before)) B"
      if after > before, after - before > toleranceBytes { worse.append(text) }
      if after < before { better.append(text) }
    }
    if let before = old.optimized?.accuracy, let after = new.optimized?.accuracy, before != after {
      let points = Int((abs(after - before) * 10_000).rounded())
      let text =
        "accuracy \(after > before ? "+" : "−")\(points / 100).\(points % 100 < 10 ? "0" : "")\(points % 100) points"
      if before - after > tolerancePoints / 100 { worse.append(text) }
      if after > before { better.append(text) }
    }
    return worse.isEmpty ? better.isEmpty ? (nil, []) : (.better, better) : (.worse, worse + better)
  }

  /// The smaller the better.
  private static func rank(_ verdict: ZooRow.Verdict) -> Int {
    switch verdict {
    case .fits, .planned: 0
    case .doesNotFit: 1
    case .refused: 2
    case .error: 3
    }
  }
}
