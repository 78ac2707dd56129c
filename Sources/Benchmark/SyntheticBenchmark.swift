import ArgumentParser
import Foundation
import MemoryPlanning

/// Time and proofs of ordering and placing nets that are made for it.
struct SyntheticBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "synthetic", abstract: "Order and place nets of any size.")

  @Option(help: "Steps of the nets that grow.")
  var steps: [Int] = [1_000, 2_000, 5_000, 10_000, 20_000]

  @Option(help: "Nodes of the randomly wired nets.")
  var nodes: [Int] = [16, 32, 48, 64, 100]

  @Option(help: "Only nets whose name begins so.")
  var only = ""

  func run() throws {
    print(
      "| net | steps | states | peak B | bound B | order s | arena B | bound B | offsets s | over B | bound B | overlaps s |"
    )
    print("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|")
    let families: [(String, (Int) throws(PlanningError) -> ScheduleProblem)] = [
      ("chain", SyntheticNets.chain), ("residual", SyntheticNets.residual), ("cells", SyntheticNets.cells),
      ("wide", SyntheticNets.wide), ("additions", SyntheticNets.additions),
    ]
    for (name, family) in families where name.hasPrefix(only) {
      for count in steps { try measure(name, try family(count)) }
    }
    if "dense".hasPrefix(only) { try measure("dense", try SyntheticNets.dense(500)) }
    for count in nodes where "watts".hasPrefix(only) {
      for seed in 1...3 {
        try measure("watts \(seed)", try SyntheticNets.wattsStrogatz(count, seed: UInt64(seed)))
      }
    }
  }

  private func measure(_ name: String, _ problem: ScheduleProblem) throws {
    var row = "| \(name) | \(problem.stepCount)"
    let (ordered, seconds) = Self.timed { problem.optimizedOrder() }
    try problem.validate(ordered.schedule)
    row += " | \(ordered.statesExpanded) | \(ordered.schedule.peakBytes) | \(ordered.lowerBound) | \(seconds)"
    for overlaps in [false, true] {
      let bare = try problem.placement(inOrder: ordered.schedule.order, overlaps: overlaps)
      let (placed, seconds) = Self.timed { bare.optimizedPlacement() }
      if bare.buffers.count <= 2_000 { try bare.validate(placed.placement) }
      row += " | \(placed.placement.arenaBytes) | \(placed.lowerBound) | \(seconds)"
    }
    print(row + " |")
    fflush(nil)
  }

  private static func timed<Answer>(_ body: () -> Answer) -> (Answer, String) {
    let start = clock()
    let answer = body()
    return (answer, String(format: "%.2f", Double(clock() - start) / Double(CLOCKS_PER_SEC)))
  }
}
