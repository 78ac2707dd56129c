import ArgumentParser
import Firmware
import GraphIR
import Passes
import Planning
import Reporting
import Runtimes

/// The option that names several memories.
struct RegionOptions: ParsableArguments {
  @Option(
    name: .customLong("regions"),
    help: ArgumentHelp(
      "Spread the tensors over several memories, the fastest first, such as sram=160K,psram=4M.",
      valueName: "name=size,..."),
    transform: RegionList.init(parsing:))
  var list: RegionList?

  /// The table for firmware that runs a model in its file's order; nil without the option.
  ///
  /// - Throws: `Outcome.doesNotFit`, with an error printed, where the tensors do not fit.
  func table(for model: Model, path: String, target: TFLMTarget) throws -> FirmwareRegions? {
    guard let list else { return nil }
    do {
      let plan = try PoolPlanner(
        model, pools: list.regions, runtime: TFLMBuild(target, safeOn: [target.kernels])
      ).plan()
      return FirmwareRegions(plan, of: model)
    } catch {
      guard case .doesNotFit(let reason) = error else { throw error }
      Console.error("\(path): does not fit the regions: \(reason)")
      throw Outcome.doesNotFit
    }
  }
}
