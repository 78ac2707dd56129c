import Passes
import Reporting
import Workflows

extension Optimize {
  /// The options that every command of a search's report repeats, since the file's bytes depend on them.
  var commonOptions: [String] {
    let files = passes.calibrate.flatMap { file in
      ["--calibrate", SearchReport.quoted((file.name.map { "\($0)=" } ?? "") + file.path)]
    }
    return files + (boards.file.map { ["--boards", SearchReport.quoted($0)] } ?? []) + settings
  }

  /// Those of them that name no file.
  var settings: [String] {
    var words: [String] = []
    func add(_ name: String, _ value: String?) {
      if let value { words += [name, SearchReport.quoted(value)] }
    }
    if passes.calibrate.isEmpty { add("--seed", "\(data.seed)") }
    add("--calibration-samples", passes.calibrationSamples.map(String.init))
    add("--mean", data.mean.map { "\($0)" })
    add("--scale", data.scale?.text)
    if data.sequence { words.append("--sequence") }
    if passes.noRefit { words.append("--no-refit") }
    if passes.strip { words.append("--strip") }
    if passes.refitEpochs != ChannelPruning.Options.defaultEpochs {
      add("--refit-epochs", "\(passes.refitEpochs)")
    }
    if passes.pruneStages != ChannelPruning.Options.defaultStages {
      add("--prune-stages", "\(passes.pruneStages)")
    }
    add("--board", board)
    if board != nil { words += memoryWords }
    if runtimeOptions.runtime == .none { add("--runtime", runtimeOptions.runtime.rawValue) }
    add("--kernels", runtimeOptions.kernels?.text)
    if runtimeOptions.noOfflinePlan { words.append("--no-offline-plan") }
    return words
  }

  private var memoryWords: [String] {
    (memory.reserve.map { ["--reserve", SearchReport.quoted("\($0.bytes)")] } ?? [])
      + (memory.arena == .sram ? [] : ["--arena", memory.arena.rawValue])
  }
}
