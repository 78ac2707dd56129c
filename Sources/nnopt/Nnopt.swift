import ArgumentParser
import Boards
import Workflows

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The command line: argument parsing and exit codes only.
@main
struct Nnopt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "nnopt",
    abstract: "Fits neural networks into the memory of microcontrollers.",
    discussion: """
      Reads TensorFlow Lite models, finds the execution order and the tensor offsets with the lowest peak of \
      SRAM, and proves that it cannot be lower.

      EXAMPLES
        nnopt plan model.tflite --board esp32
        nnopt plan zoo/*.tflite --json
        nnopt plan model.tflite --output planned.tflite --svg plan.svg
        nnopt run model.tflite --input x.npy --output y.npy
        nnopt check float.tflite int8.tflite --data images.npy --labels labels.npy
        nnopt diff model.tflite optimized.tflite
        nnopt inspect model.tflite
        nnopt export model.tflite --board esp32 --to firmware
        nnopt boards stm32
        nnopt zoo models/ --board esp32 --board nano33ble --out zoo/

      EXIT CODES
        0   done; the plan fits the board and stays under the limit, as far as they are given
        1   a file cannot be read or written, or is not what it should be
        2   TFLM refuses the model, it does not fit the board, or exceeds a limit; 'nnopt diff --exit-code': they differ
        3   'nnopt check': the accuracy drops by more than --max-drop
        4   'nnopt zoo compare': something got worse
        5   'nnopt zoo': all is done, and some models have errors
        64  the command line is wrong

      Shell completions: nnopt --generate-completion-script bash|zsh|fish
      """,
    version: ToolVersion.text,
    subcommands: [
      PlanCommand.self, Optimize.self, Run.self, Check.self, Diff.self, Place.self, Order.self, Inspect.self,
      Export.self,
      Boards.self, ZooTool.self,
    ])

  /// Runs the command line; what it says of a wrong one repeats names, which may come from files.
  static func main() {
    ParentWatch.start()
    do {
      var command = try parseAsRoot(words(Array(CommandLine.arguments.dropFirst())))
      try command.run()
    } catch {
      suggest(CommandLine.arguments.dropFirst().first ?? "")
      let code = exitCode(for: error)
      guard !code.isSuccess else { exit(withError: error) }
      let message = fullMessage(for: error, columns: nil)
      for line in message.split(separator: "\n", omittingEmptySubsequences: false) where !message.isEmpty {
        Console.note(String(line))
      }
      exit(withError: code)
    }
  }

  /// The command line with `--stripes fit` as `--stripes-fit`: one option cannot come with a word and without.
  static func words(_ given: [String]) -> [String] {
    var words: [String] = []
    for word in given {
      if word == "fit", words.last == "--stripes" {
        words[words.count - 1] = "--stripes-fit"
      } else {
        words.append(word)
      }
    }
    return words
  }

  /// Names the command that is meant where a model stands in its place, or one like it.
  private static func suggest(_ argument: String) {
    guard !argument.hasPrefix("-"), !commandNames.contains(argument) else { return }
    if FileManager.default.fileExists(atPath: argument)
      || modelEndings.contains(where: argument.lowercased().hasSuffix)
    {
      return Console.note("nnopt: a command comes first: nnopt plan \(argument)")
    }
    let near = commandNames.map { ($0, editDistance(argument.lowercased(), $0)) }.min { $0.1 < $1.1 }
    guard let near, near.1 <= 2, near.1 < argument.count else { return }
    Console.note("nnopt: there is no command '\(argument)'; is 'nnopt \(near.0)' meant?")
  }

  private static let modelEndings = [".tflite", ".lite", ".h", ".cc"]

  private static var commandNames: [String] {
    configuration.subcommands.map { $0._commandName } + ["help"]
  }
}
