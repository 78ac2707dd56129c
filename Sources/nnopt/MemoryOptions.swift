import ArgumentParser
import Boards
import Workflows

/// The options that say which of a board's memory the arena may have.
struct MemoryOptions: ParsableArguments {
  @Option(help: Reserve.help)
  var reserve: Reserve?

  @Option(help: "The board's memory that the arena is in.")
  var arena = ArenaMemory.sram

  /// What a board has for a model.
  func limits(of board: Board) -> FitLimits {
    FitLimits(board, memory: arena, reservedBytes: reserve?.bytes ?? 0)
  }

  /// Says what was measured of the frameworks that are reserved for.
  func noteFrameworks() {
    for framework in reserve?.frameworks ?? [] {
      Console.note(
        "nnopt: --reserve \(framework.id): \(framework.bytes) bytes; \(framework.conditions) (\(framework.source))"
      )
    }
  }
}

extension ArenaMemory: ExpressibleByArgument {}
