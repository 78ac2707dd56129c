import Files
import Passes
import Reporting
import Workflows

extension Optimize {
  /// The options that every command of a search's report repeats, since the file's bytes depend on them.
  var commonOptions: [String] {
    let files = passes.calibrate.flatMap { file in
      ["--calibrate", ShellWords.quoted((file.name.map { "\($0)=" } ?? "") + file.path)]
    }
    return files + (boards.file.map { ["--boards", ShellWords.quoted($0)] } ?? []) + settings
  }

  /// Those of them that name no file.
  var settings: [String] {
    var words: [String] = []
    func add(_ name: String, _ value: String?) {
      if let value { words += [name, ShellWords.quoted(value)] }
    }
    if passes.calibrate.isEmpty { add("--seed", "\(data.seed)") }
    add("--calibration-samples", passes.calibrationSamples.map(String.init))
    add("--mean", data.mean.map { "\($0)" })
    add("--scale", data.scale?.text)
    if data.sequence { words.append("--sequence") }
    if passes.noRefit { words.append("--no-refit") }
    words += passes.stripeOptions.stripes?.options ?? []
    if passes.strip { words.append("--strip") }
    if passes.refitEpochs != ChannelPruning.Options.defaultEpochs {
      add("--refit-epochs", "\(passes.refitEpochs)")
    }
    if passes.pruneStages != ChannelPruning.Options.defaultStages {
      add("--prune-stages", "\(passes.pruneStages)")
    }
    add("--board", board)
    if board != nil { words += memory.words.map(ShellWords.quoted) }
    return words + runtimeOptions.words.map(ShellWords.quoted)
  }
}
