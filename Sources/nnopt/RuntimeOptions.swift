import ArgumentParser
import Boards
import Runtimes
import Workflows

/// The options that say which build of TFLM a plan is for.
struct RuntimeOptions: ParsableArguments {
  /// What the arena is planned for.
  enum Runtime: String, CaseIterable, ExpressibleByArgument {
    case tflm
    case none
  }

  /// Which kernels the firmware has.
  enum Kernels: String, CaseIterable, ExpressibleByArgument {
    case any
    case reference
    case cmsisNN = "cmsis-nn"
    case espNN = "esp-nn"

    var library: KernelLibrary? { KernelLibrary(rawValue: rawValue) }
  }

  @Option(help: "Plan for what TFLM takes from its arena, or for the tensors alone (none).")
  var runtime: Runtime = .tflm

  @Option(
    help: ArgumentHelp(
      "The firmware's kernels; they decide which tensors may share bytes (default: those of the board, else any)."
    ))
  var kernels: Kernels?

  @OptionGroup var resources: ResourceOptions

  @Flag(help: "Write the order only, and leave the offsets to TFLM.")
  var noOfflinePlan = false

  func validate() throws {
    guard runtime == .tflm || kernels == nil else {
      throw ValidationError("--kernels means nothing with --runtime none.")
    }
    guard runtime == .tflm || resources.resourceSlots == nil else {
      throw ValidationError("--resource-slots means nothing with --runtime none.")
    }
  }

  /// - Parameter comparesLibraries: whether to plan for every library of kernels too.
  /// - Returns: nil for the tensors alone.
  func choice(for board: Board?, comparesLibraries: Bool) -> RuntimeChoice? {
    guard runtime == .tflm else { return nil }
    let library = kernels?.library
    guard let board else {
      let common = library ?? .reference
      return RuntimeChoice(
        target: TFLMTarget(commonFor: common, resourceVariableSlots: resources.resourceSlots),
        kernels: library,
        processor: common.commonProcessor, comparesLibraries: comparesLibraries, writesOffsets: !noOfflinePlan
      )
    }
    let target = TFLMTarget(board.processor, kernels: library, resourceVariableSlots: resources.resourceSlots)
    return RuntimeChoice(
      target: target, kernels: kernels == .any ? nil : target.kernels, processor: board.id,
      comparesLibraries: comparesLibraries, writesOffsets: !noOfflinePlan)
  }
}
