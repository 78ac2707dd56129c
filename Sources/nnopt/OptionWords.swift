import ArgumentParser
import Datasets
import Runtimes
import Workflows

// Options as the words of a command line, for commands that run another nnopt.

extension PassOptions {
  var words: [String] {
    recipe.options + calibrate.flatMap { ["--calibrate", $0.text] }
  }
}

extension DataOptions {
  /// All but the number of threads, which no result depends on.
  var words: [String] {
    var words: [String] = []
    if let mean { words += ["--mean", "\(mean)"] }
    if let scale { words += ["--scale", scale.text] }
    if let samples { words += ["--samples", "\(samples)"] }
    if seed != 1 { words += ["--seed", "\(seed)"] }
    if sequence { words.append("--sequence") }
    return words
  }
}

extension MemoryOptions {
  var words: [String] {
    (reserve.map { ["--reserve", "\($0.bytes)"] } ?? [])
      + (arena == .sram ? [] : ["--arena", arena.rawValue])
  }
}

extension RuntimeOptions {
  var words: [String] {
    var words: [String] = []
    if runtime == .none { words += ["--runtime", runtime.rawValue] }
    if let kernels { words += ["--kernels", kernels.text] }
    if let slots = resources.resourceSlots { words += ["--resource-slots", "\(slots)"] }
    if noOfflinePlan { words.append("--no-offline-plan") }
    if effort != .normal { words += ["--effort", effort.rawValue] }
    return words
  }
}

extension NamedPath {
  /// As options take it.
  var text: String { (name.map { "\($0)=" } ?? "") + path }
}
