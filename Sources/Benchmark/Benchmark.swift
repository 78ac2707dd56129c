import ArgumentParser

/// Measures nnopt on a folder of models and writes what it found into a report.
@main
struct Benchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark", abstract: "Measure nnopt on folders of models.",
    subcommands: [
      PlanningBenchmark.self, PlacementBenchmark.self, SyntheticBenchmark.self, ExhaustiveBenchmark.self,
      InferenceBenchmark.self, PruningBenchmark.self,
      QuantizationBenchmark.self, QuantizerBenchmark.self,
      JointBenchmark.self, GrowthBenchmark.self, NetsBenchmark.self, VerdictTool.self, FreedomBenchmark.self,
    ])
}
