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

  func run() throws {
    print("| pieces | dropped | solved | CPU s |\n|--:|--:|--:|--:|")
    for count in pieces {
      for percent in dropped { print(try row(count, percent, .all).markdown("\(count) | \(percent) %")) }
    }
    print("\n| without | solved | CPU s |\n|---|--:|--:|")
    for (name, idea) in [("nothing", [])] + PlacementIdeas.named {
      print(try row(pieces[0], dropped[0], PlacementIdeas.all.subtracting(idea)).markdown(name))
    }
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
        row.seconds += Double(clock() - start) / Double(CLOCKS_PER_SEC)
        try problem.validate(result.placement)
        row.total += 1
        if result.placement.arenaBytes <= PackingGenerator.capacity { row.solved += 1 }
      }
    }
    return row
  }
}
