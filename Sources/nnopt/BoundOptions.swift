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

  @OptionGroup var memory: MemoryOptions

  func bounds(board: Board?) -> PlanBounds {
    var bounds = PlanBounds(board: board, arenaBytes: failOver?.bytes)
    bounds.flashBytes = failOverFlash?.bytes
    bounds.reservedBytes = memory.reserve?.bytes ?? 0
    bounds.arenaMemory = memory.arena
    return bounds
  }
}
