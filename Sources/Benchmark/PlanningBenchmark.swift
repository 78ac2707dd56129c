import ArgumentParser
import Files
import Foundation
import GraphIR
import MemoryPlanning
import ModelFiles
import Passes
import Planning

/// Time and result of reading and planning each model.
struct PlanningBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "planning", abstract: "Time and peak of planning, model by model.")

  @Argument(help: "Folders with .tflite files.")
  var folders: [String]

  @Option(help: "Write the table into a Markdown file.")
  var report: String?

  @Option(help: "Repetitions; the median counts.")
  var repetitions = 5

  private struct Row {
    let name: String
    let operators: Int
    let readMilliseconds: Double
    let planMilliseconds: Double
    let filePeak: Int
    let plan: Planning.Plan
  }

  func run() throws {
    var problems = PlanningProblems()
    let rows = try ModelFolder.models(in: folders).map { try measure($0, &problems) }
    try problems.addGenerated(seed: 1, count: 16)
    let table = markdown(rows)
    print(table)
    let ablation = try AblationTable(problems: problems).markdown()
    print(ablation)
    if let report { try AtomicFile.write(Array(document(table, rows, ablation).utf8), to: report) }
  }

  private func measure(_ path: String, _ problems: inout PlanningProblems) throws -> Row {
    let model = try ModelFile.read(path: path)
    let planner = Planner(for: IdealRuntime())
    let plan = try planner.plan(model)
    try judge(plan, of: model)
    try problems.add(model, plan)
    return Row(
      name: ModelFolder.name(of: path), operators: model.graphs.reduce(0) { $0 + $1.nodes.count },
      readMilliseconds: try median { _ = try ModelFile.read(path: path) },
      planMilliseconds: try median { _ = try planner.plan(model) },
      filePeak: try Arranger(model, for: IdealRuntime()).peakBytes(.file), plan: plan)
  }

  /// - Throws: `PlanningError.invalidAnswer` where the plan breaks a rule of its model.
  private func judge(_ plan: Plan, of model: Model) throws {
    if model.graphs.count == 1 {
      let arena = try PlacementProblem(buffers: PlanningProblems.buffers(of: plan))
      try arena.validate(Placement(offsets: plan.buffers.map(\.offset), arenaBytes: plan.arenaBytes))
    } else if case .differs(let place, _) = PlanCheck.run(model, plan) {
      // What a loop carries may lie where its caller has it: the answers say whether it does no harm.
      throw PlanningError.invalidAnswer("\(place) writes something else in the arena")
    }
    for (problem, order) in zip(try PlanningProblems.schedules(of: model), plan.orders) {
      let schedule = problem.schedule(order.map(\.index))
      let peakBytes = model.graphs.count == 1 ? plan.peakBytes : schedule.peakBytes
      try problem.validate(Schedule(order: schedule.order, peakBytes: peakBytes))
    }
  }

  private func median(_ work: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<max(repetitions, 1) {
      let start = ContinuousClock.now
      try work()
      times.append((ContinuousClock.now - start) / .milliseconds(1))
    }
    return times.sorted()[times.count / 2]
  }

  private func markdown(_ rows: [Row]) -> String {
    var lines = [
      "| model | operators | read ms | plan ms | file order B | planned peak B | saved | arena B | lower bound B | states | proved |",
      "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    for row in rows {
      let saved =
        row.filePeak > 0 ? 100 * Double(row.filePeak - row.plan.peakBytes) / Double(row.filePeak) : 0
      let cells = [
        row.name, "\(row.operators)", fixed(row.readMilliseconds, 2), fixed(row.planMilliseconds, 2),
        "\(row.filePeak)", "\(row.plan.peakBytes)", fixed(saved, 1) + " %", "\(row.plan.arenaBytes)",
        "\(row.plan.lowerBoundBytes)", "\(row.plan.proof.statesExpanded)",
        row.plan.isPeakProved && row.plan.isArenaProved ? "yes" : "no",
      ]
      lines.append("| " + cells.joined(separator: " | ") + " |")
    }
    return lines.joined(separator: "\n")
  }

  private func document(_ table: String, _ rows: [Row], _ ablation: String) -> String {
    let proved = rows.filter { $0.plan.isPeakProved && $0.plan.isArenaProved }.count
    return """
      # Planning

      Made by `Scripts/benchmark planning` (release build, one thread, median of \(repetitions) runs; 16-byte alignment). \
      Times differ from machine to machine; bytes, bounds and states do not.

      \(proved) of \(rows.count) plans are proved: no execution order has a lower peak, and the arena equals the peak.

      \(table)

      ## What the ideas are worth

      \(ablation)

      """
  }

  private func fixed(_ number: Double, _ places: Int) -> String {
    String(format: "%.\(places)f", number)
  }
}
