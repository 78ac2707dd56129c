import Boards
package import Workflows

/// One word and one clause on whether a model meets what it is held against: for tables and gates.
package struct Verdict: Sendable, Equatable {
  package enum Outcome: String, Sendable {
    /// Nothing was asked, and TFLM runs it.
    case planned
    case fits
    case doesNotFit = "does-not-fit"
    /// By TFLM, or TFLM would give wrong answers.
    case refused
  }

  package let outcome: Outcome
  /// Why, such as `missing 1,204 bytes on esp32`.
  package let reason: String

  package var isFailure: Bool { outcome == .doesNotFit || outcome == .refused }

  package init(_ report: PlanReport) {
    switch report.shortfall {
    case .refused(let warning):
      let heading = warning.isRefusal ? "" : "wrong answers: "
      self.init(.refused, "\(heading)\(warning.place): \(warning.problem)")
    case .regions(let shortage): self.init(.doesNotFit, "the regions: \(shortage)")
    case .board(let board, let missing):
      self.init(.doesNotFit, "missing \(Figures.grouped(missing)) bytes on \(board.id)")
    case .limit(let excess): self.init(.doesNotFit, "\(Figures.grouped(excess)) bytes over the limit")
    case .flash(let missing): self.init(.doesNotFit, "missing \(Figures.grouped(missing)) bytes of flash")
    case nil where report.board == nil && report.limitBytes == nil && report.regions == nil:
      self.init(.planned, "")
    case nil:
      let spare = report.limits.map { $0.bytes - report.requestedBytes }.min()
      self.init(.fits, spare.map { "\(Figures.grouped($0)) bytes to spare" } ?? "")
    }
  }

  /// Of one arena for several models.
  package init(_ shared: SharedArena, _ bounds: PlanBounds) {
    let fit = bounds.fit(arenaBytes: shared.arenaBytes)
    let excess = bounds.excess(arenaBytes: shared.arenaBytes)
    if let fit, !fit.fits, let board = bounds.board {
      self.init(.doesNotFit, "missing \(Figures.grouped(fit.missingBytes)) bytes on \(board.id)")
    } else if excess > 0 {
      self.init(.doesNotFit, "\(Figures.grouped(excess)) bytes over the limit")
    } else if bounds.board == nil && bounds.arenaBytes == nil {
      self.init(.planned, "")
    } else {
      let spare = [fit?.marginBytes, bounds.arenaBytes.map { $0 - shared.arenaBytes }].compactMap(\.self)
        .min()
      self.init(.fits, spare.map { "\(Figures.grouped($0)) bytes to spare" } ?? "")
    }
  }

  private init(_ outcome: Outcome, _ reason: String) {
    self.outcome = outcome
    self.reason = reason
  }
}
