import ArgumentParser
import Boards
import Planning
import Runtimes
import Workflows

/// The options that say which build of TFLM a plan is for, and how long to look for it.
struct RuntimeOptions: ParsableArguments {
  /// What the arena is planned for.
  enum Runtime: String, CaseIterable, ExpressibleByArgument {
    case tflm
    case none
  }

  /// Which kernels the firmware has.
  enum Kernels: Equatable {
    case any
    case one(KernelChoice)

    /// As the option takes them.
    var text: String {
      guard let choice else { return "any" }
      let isNewest = choice.release == .newest(of: choice.library)
      return choice.library.rawValue + (isNewest ? "" : "@\(choice.release.version)")
    }

    var choice: KernelChoice? { if case .one(let choice) = self { choice } else { nil } }
  }

  @Option(help: "Plan for what TFLM takes from its arena, or for the tensors alone (none).")
  var runtime: Runtime = .tflm

  @Option(
    help: ArgumentHelp(
      "The firmware's kernels: any, reference, cmsis-nn or esp-nn, with @ and a version where it is not the newest known, such as esp-nn@1.2.0; they decide what kernels ask for and which tensors may share bytes (default: those of the board, else any).",
      valueName: "library[@version]"), completion: .list(["any"] + KernelLibrary.allCases.map(\.rawValue)),
    transform: Kernels.init(parsing:))
  var kernels: Kernels?

  @OptionGroup var resources: ResourceOptions

  @Flag(help: "Write the order only, and leave the offsets to TFLM.")
  var noOfflinePlan = false

  @Option(
    help: ArgumentHelp(
      "How long to look for a plan: quick, normal, or thorough, which may take minutes on hundreds of operators.",
      valueName: "level"))
  var effort: PlanningEffort.Level = .normal

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
    let choice = kernels?.choice
    let library = choice?.library
    guard let board else {
      let common = library ?? .reference
      return RuntimeChoice(
        target: TFLMTarget(
          commonFor: common, release: choice?.release,
          resourceVariableSlots: resources.resourceSlots),
        kernels: library,
        processor: common.commonProcessor, comparesLibraries: comparesLibraries, writesOffsets: !noOfflinePlan
      )
    }
    let target = TFLMTarget(
      board.processor, kernels: library, release: choice?.release,
      resourceVariableSlots: resources.resourceSlots)
    return RuntimeChoice(
      target: target, kernels: kernels == .any ? nil : target.kernels, processor: board.id,
      comparesLibraries: comparesLibraries, writesOffsets: !noOfflinePlan)
  }
}

extension PlanningEffort.Level: ExpressibleByArgument {}

extension RuntimeOptions.Kernels {
  /// - Throws: `ValidationError` that lists what there is.
  init(parsing text: String) throws {
    if text == "any" {
      self = .any
      return
    }
    self = .one(try KernelChoice(option: text))
  }
}

extension KernelChoice {
  /// A library and its version, as `--kernels` takes them.
  init(option text: String) throws {
    do throws(KernelChoiceError) { try self.init(parsing: text) } catch {
      throw ValidationError("\(error).")
    }
  }
}
