import ArgumentParser
import Boards
import Workflows

/// The options that say what a plan is held against.
struct BoundOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Exit with 2 where the arena is larger, such as 64K.", valueName: "size"))
  var failOver: ByteSize?

  @Option(
    help: ArgumentHelp(
      "Exit with 2 where the model's file and TFLM's code, estimated, take more flash.", valueName: "size"))
  var failOverFlash: ByteSize?

  @Option(
    help: ArgumentHelp(
      "SRAM that the rest of the firmware takes: stack, heap, operating system, radio.", valueName: "size"))
  var reserve: ByteSize?

  @Option(help: "The board's memory that the arena is in.")
  var arena = ArenaMemory.sram

  func bounds(board: Board?) -> PlanBounds {
    var bounds = PlanBounds(board: board, arenaBytes: failOver?.bytes)
    bounds.flashBytes = failOverFlash?.bytes
    bounds.reservedBytes = reserve?.bytes ?? 0
    bounds.arenaMemory = arena
    return bounds
  }
}

extension ArenaMemory: ExpressibleByArgument {}
