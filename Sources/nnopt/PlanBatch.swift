import Boards
import Reporting
import Workflows

/// What was planned: for every model, all boards.
struct PlanBatch {
  var reports: [[PlanReport]] = []
  var failures: [PlanFailure] = []
  /// One arena for all models; nil where that was not asked, or a model is missing.
  var sharedArena: SharedArena?

  private var all: [PlanReport] { reports.flatMap(\.self) }

  /// - Throws: what the exit code is, where a model could not be planned or does not meet its bounds.
  func judge() throws {
    if !failures.isEmpty { throw Outcome.badInput }
    if let sharedArena, let bounds = all.first?.bounds {
      // Alone a model may miss what all share.
      if !sharedArena.isWithinLimits(bounds) || all.contains(where: \.isRefused) { throw Outcome.doesNotFit }
      return
    }
    if !all.allSatisfy(\.isWithinLimits) { throw Outcome.doesNotFit }
  }

  func text(_ format: PlanFormat, style: TerminalStyle) throws -> String {
    let sheet = PlanSheet(all, failures: failures, sharedArena: sharedArena)
    switch format {
    case .json: return try PlanJSONRenderer().render(all, failures: failures, sharedArena: sharedArena)
    case .markdown: return sheet.markdown
    case .csv: return sheet.csv
    case .junit: return sheet.junit
    case .text: return text(style)
    }
  }

  private func text(_ style: TerminalStyle) -> String {
    guard let first = reports.first else { return "" }
    if first.count > 1 { return PlanMatrixRenderer(style: style).render(reports) }
    guard reports.count + failures.count > 1 else {
      return first.map { PlanTextRenderer(style: style).render($0) }.joined(separator: "\n")
    }
    let table = PlanTableRenderer(style: style).render(all)
    guard let sharedArena, let bounds = all.first?.bounds else { return table }
    return table + "\n\n" + SharedArenaText(sharedArena, bounds, style: style).text
  }
}
