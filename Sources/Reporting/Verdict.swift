import Boards
package import Workflows

/// One word and one clause on whether a model meets what it is held against: for tables and gates.
package struct Verdict: Sendable, Equatable {
  package enum Outcome: String, Sendable {
    /// Nothing was asked, and TFLM runs it.
    case planned
    case fits
    case doesNotFit = "does-not-fit"
    case refused
  }

  package let outcome: Outcome
  /// Why, such as `missing 1,204 bytes on esp32`.
  package let reason: String

  package var isFailure: Bool { outcome == .doesNotFit || outcome == .refused }

  package init(_ report: PlanReport) {
    if report.isRefused {
      let first = report.warnings.first { $0.severity != .warning }
      self.init(.refused, first.map { "\($0.place): \($0.problem)" } ?? "")
    } else if let shortage = report.regions?.shortage {
      self.init(.doesNotFit, "the regions: \(shortage)")
    } else if let fit = report.fit, !fit.fits, let board = report.board {
      self.init(.doesNotFit, "missing \(Figures.grouped(fit.missingBytes)) bytes on \(board.id)")
    } else if let limit = report.limitBytes, limit < report.requestedBytes {
      self.init(.doesNotFit, "\(Figures.grouped(report.requestedBytes - limit)) bytes over the limit")
    } else if report.flash?.isWithinLimits == false {
      self.init(.doesNotFit, "flash")
    } else if report.board == nil && report.limitBytes == nil && report.regions == nil {
      self.init(.planned, "")
    } else {
      let spare = report.limits.map { $0.bytes - report.requestedBytes }.min()
      self.init(.fits, spare.map { "\(Figures.grouped($0)) bytes to spare" } ?? "")
    }
  }

  private init(_ outcome: Outcome, _ reason: String) {
    self.outcome = outcome
    self.reason = reason
  }
}
