import ArgumentParser
import Foundation
import MemoryPlanning
import Tensors

/// Small random problems, each compared with every choice of offsets there is.
struct ExhaustiveBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "exhaustive", abstract: "Compare small random placements with all offsets there are.")

  @Option(help: "Problems of each kind.")
  var problems = 100_000

  @Option(help: "The seed of the first problem.")
  var seed: UInt64 = 1

  func run() throws {
    print("| kind | problems | proved | above the optimum | CPU s |\n|---|--:|--:|--:|--:|")
    for kind in SmallProblems.Kind.allCases {
      var (proved, above) = (0, 0)
      let start = clock()
      for number in 0..<problems {
        let random = SeededRandom(seed: seed &+ UInt64(number))
        let outcome = try kind == .pools ? Self.pools(random) : Self.arena(kind, random)
        guard outcome != .contradiction else {
          throw PlanningError.invalidAnswer(
            "\(kind) \(number) is better than all offsets, or a bound is wrong")
        }
        if outcome == .proved { proved += 1 }
        if outcome == .above { above += 1 }
      }
      let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
      print("| \(kind) | \(problems) | \(proved) | \(above) | \(String(format: "%.1f", seconds)) |")
      fflush(nil)
    }
  }

  private enum Outcome { case proved, optimal, above, contradiction }

  private static let effort = PlacementEffort(searchNodes: 2_000, climbPlacements: 0)

  private static func arena(_ kind: SmallProblems.Kind, _ random: SeededRandom) throws -> Outcome {
    var random = random
    let problem = try SmallProblems.problem(kind, &random)
    let result = problem.optimizedPlacement(effort: effort)
    try problem.validate(result.placement)
    let exact = SmallProblems.arena(of: problem)
    let arena = result.placement.arenaBytes
    if arena < exact || result.lowerBound > exact { return .contradiction }
    return arena > exact ? .above : result.isProved ? .proved : .optimal
  }

  private static func pools(_ random: SeededRandom) throws -> Outcome {
    var random = random
    let arena = try SmallProblems.problem(.overlaps, &random)
    let peak = max(arena.lowerBound, 1)
    let regions = try RegionProblem(
      arena, values: arena.buffers.map { _ in random.next(below: 20) },
      capacities: (0..<2).map { _ in peak / 3 + random.next(below: peak) })
    let exact = SmallProblems.score(of: regions)
    guard let result = regions.optimizedAssignment() else { return exact == nil ? .proved : .above }
    try regions.validate(result.assignment)
    guard let exact, result.score <= exact, result.upperBound >= exact else { return .contradiction }
    return result.score < exact ? .above : result.isProved ? .proved : .optimal
  }
}
