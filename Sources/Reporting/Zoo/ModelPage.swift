package import GraphIR
package import Workflows
import Zoo

/// One model's results as a page of HTML that needs no network.
package struct ModelPage {
  private let row: ZooRow
  private let board: ZooBoard
  private var documents: [ZooDocument: [UInt8]] = [:]

  /// - Parameters:
  ///   - plan: of the model as it came.
  ///   - optimized: what was made of it, and the plan of that; nil where it was only planned.
  ///   - command: the words that make it again.
  /// - Throws: where a figure cannot be written as JSON.
  package init(
    _ plan: PlanReport, of model: Model, optimized: (report: OptimizeReport, plan: PlanReport)? = nil,
    command: [String]
  ) throws {
    var row = ZooRow(plan)
    row.commandLine = command.joined(separator: " ")
    documents[.plan] = Array(try PlanJSONRenderer().render([plan]).utf8)
    documents[.inspect] = Array(
      try InspectJSONRenderer().render(InspectReport(path: plan.path, model: model)).utf8)
    if let (report, after) = optimized {
      let result = ZooRow(after)
      (row.verdict, row.reason, row.spareBytes) = (result.verdict, result.reason, result.spareBytes)
      row.flashBytes = result.flashBytes
      row.optimized = ZooRow.Optimized(
        fileBytes: report.after.fileBytes, arenaBytes: report.after.arenaBytes, accuracy: report.after.top1)
      documents[.optimize] = Array(try OptimizeJSONRenderer().render(report).utf8)
      documents[.after] = Array(try PlanJSONRenderer().render([after]).utf8)
    }
    self.row = row
    board =
      plan.board.map { board in
        ZooBoard(
          id: board.id, name: board.name, availableBytes: plan.fit?.availableBytes,
          flashBytes: board.usableFlashBytes, facts: "")
      } ?? .none
  }

  package func html() throws -> String {
    let sheet = ZooSheet(rows: [row], boards: [board])
    return try ZooPage(sheet, title: row.model) { kind, _ in documents[kind].map(ZooDocument.packed) }.html()
  }
}

extension ZooRow {
  /// The row of a plan.
  init(_ report: PlanReport) {
    let verdict = Reporting.Verdict(report)
    self.init(
      model: report.path, board: report.board?.id ?? "",
      verdict: ZooRow.Verdict(rawValue: verdict.outcome.rawValue) ?? .error, reason: verdict.reason)
    operators = report.summary.totalOperatorCount
    fileBytes = report.flash?.fileBytes
    stockBytes = report.stockBytes
    plannedBytes = report.requestedBytes
    spareBytes = report.fit?.marginBytes
    isProved = report.plan.isProved
    flashBytes = report.flash?.requestedBytes
  }
}
