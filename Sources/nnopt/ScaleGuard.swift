import Files
import Workflows

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What is said where the scale of data seems to have been forgotten.
enum ScaleGuard {
  /// Ends the command where data are suspicious.
  ///
  /// - Throws: `Outcome.badInput`, with an error printed.
  static func require(_ found: ScaleSuspicion?) throws {
    guard let found else { return }
    say(found)
    throw Outcome.badInput
  }

  /// Says what is suspicious, and which scales there may be, with the command that takes the likeliest.
  static func say(_ found: ScaleSuspicion) {
    Console.error(found.problem)
    for line in found.lines { Console.note(line) }
    if let best = found.proposals.first {
      let words = CommandLine.arguments.dropFirst().map(ShellWords.quoted) + best.options
      Console.note("such as: nnopt \(words.joined(separator: " "))")
    }
  }
}
