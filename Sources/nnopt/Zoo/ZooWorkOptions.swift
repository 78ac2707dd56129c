import ArgumentParser
import Zoo

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The options that say how a zoo is worked on; results do not depend on them.
struct ZooWorkOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Models that are worked on at a time (default: one for each processor).", valueName: "N"))
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "Memory that all jobs together may be expected to take, such as 4G (default: half of the machine's).",
      valueName: "bytes"))
  var memory: ByteSize?

  @Option(help: ArgumentHelp("Seconds that one command on one model may take.", valueName: "N"))
  var timeout = 600

  @Option(
    help: ArgumentHelp(
      "Only one of several parts of the zoo, by the models' names and bytes.", valueName: "i/N"))
  var shard: String?

  func validate() throws {
    guard jobs.map({ (1...1024).contains($0) }) ?? true else {
      throw ValidationError("--jobs takes 1 to 1024.")
    }
    guard (1...1_000_000).contains(timeout) else { throw ValidationError("--timeout takes seconds from 1.") }
    guard shard.map({ ZooSettings.Shard($0) != nil }) ?? true else {
      throw ValidationError("--shard takes a part and a number of parts, such as 1/4.")
    }
  }

  /// The options as words, but for the shard.
  var words: [String] {
    (jobs.map { ["--jobs", "\($0)"] } ?? []) + (memory.map { ["--memory", "\($0.bytes)"] } ?? [])
      + (timeout == 600 ? [] : ["--timeout", "\(timeout)"])
  }

  func apply(to settings: inout ZooSettings) throws {
    let machine = ProcessInfo.processInfo
    // A task of Slurm has a part of its node.
    let share = machine.environment["SLURM_CPUS_ON_NODE"].flatMap { Int($0) }
    settings.jobs = jobs ?? min(max(share ?? .max, 1), machine.activeProcessorCount)
    settings.memoryBytes = memory?.bytes ?? Int(clamping: machine.physicalMemory / 2)
    settings.seconds = timeout
    settings.shard = shard.flatMap { ZooSettings.Shard($0) } ?? .all
  }
}
