import ArgumentParser
import Foundation
import MemoryPlanning

/// The share of generated packings that are solved, by pieces and by what is dropped.
struct PlacementBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "placement", abstract: "Solve packings with a known optimum.")

  @Option(help: "Pieces of a packing.")
  var pieces: [Int] = [60, 120, 240, 500]

  @Option(help: "Percent of the pieces that are dropped.")
  var dropped: [Int] = [20, 25, 30, 40]

  @Option(help: "Packings of each kind.")
  var seeds = 5

  @Option(help: "Nodes that the search may visit.")
  var budget = 400_000

  @Option(help: "CPU seconds after which a solution does not count.")
  var seconds = 10.0

  @Option(help: "Ideas to leave out, by their names.")
  var without: [String] = []

  @Flag(help: "Leave out one idea after the other, with the first number of pieces and percentage.")
  var ablation = false

  func validate() throws {
    for name in without where !PlacementIdeas.named.contains(where: { $0.name == name }) {
      throw ValidationError("there is no idea '\(name)'")
    }
  }

  func run() throws {
    var ideas = PlacementIdeas.all
    for (name, idea) in PlacementIdeas.named where without.contains(name) { ideas.subtract(idea) }
    guard ablation else {
      print("| pieces | dropped | solved | CPU s |\n|--:|--:|--:|--:|")
      for count in pieces {
        for percent in dropped { show(try row(count, percent, ideas), "\(count) | \(percent) %") }
      }
      return
    }
    print("| without | solved | CPU s |\n|---|--:|--:|")
    for (name, idea) in [("nothing", [])] + PlacementIdeas.named {
      show(try row(pieces[0], dropped[0], ideas.subtracting(idea)), name)
    }
  }

  private func show(_ row: Row, _ name: String) {
    print(row.markdown(name))
    fflush(nil)
  }

  private struct Row {
    var solved = 0
    var total = 0
    var seconds = 0.0

    func markdown(_ name: String) -> String {
      "| \(name) | \(solved) of \(total) | \(String(format: "%.2f", seconds)) |"
    }
  }

  /// - Throws: `PlanningError` where the judge finds an answer wrong.
  private func row(_ count: Int, _ percent: Int, _ ideas: PlacementIdeas) throws -> Row {
    var row = Row()
    for cuts in PackingGenerator.Cuts.allCases {
      for seed in 0..<seeds {
        let packing = PackingGenerator(
          count: count, droppedPercent: percent, cuts: cuts, seed: UInt64(seed + 1))
        let problem = try packing.problem()
        let start = clock()
        let result = problem.optimizedPlacement(
          effort: PlacementEffort(searchNodes: budget, ideas: ideas), goal: PackingGenerator.capacity)
        let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
        row.seconds += seconds
        try problem.validate(result.placement)
        row.total += 1
        if seconds <= self.seconds, result.placement.arenaBytes <= PackingGenerator.capacity {
          row.solved += 1
        }
      }
    }
    return row
  }
}
