// What libFuzzer runs; `Scripts/fuzz` builds and starts it.
import Datasets
import Execution
import Foundation
import GraphIR
import MemoryPlanning
import ModelFiles
import Passes
import Planning
import Runtimes
import Workflows

/// What is done with a file.
enum Stage: String {
  case reader
  case data
  case plan
  case devicePlan = "device-plan"
  case run
  case cleanup
  case quantize
  case prune
  case decompose
  case roundtrip

  /// The stage that the environment names.
  static let chosen =
    Stage(rawValue: ProcessInfo.processInfo.environment["NNOPT_FUZZ_STAGE"] ?? "") ?? .reader

  /// Does it. Errors are answers as good as others; what must not be is a trap.
  func run(on bytes: [UInt8]) throws {
    if self == .data { return readData(bytes) }
    let model = try ModelFile.parse(bytes, name: "fuzz")
    // Stages run a model many times. What it declares is bounded by steps and bytes, not by seconds of an instrumented
    // build; larger models take longer, and tell nothing else.
    if let interpreter = try? Interpreter(model),
      interpreter.work > 1 << 27 || interpreter.memoryByteCount > 1 << 25
    {
      return
    }
    switch self {
    case .reader, .data: break
    case .plan: try report(on: model, nil)
    case .devicePlan:
      let target = TFLMTarget(commonFor: .espNN, resourceVariableSlots: nil)
      try report(
        on: model, RuntimeChoice(target: target, kernels: nil, processor: "fuzz", comparesLibraries: true))
    case .run:
      let interpreter = try Interpreter(model)
      let samples = try SampleSet.random(for: model, count: 2, seed: 1)
      let session = Session(interpreter)
      for index in 0..<2 { _ = try session.run(try samples.sample(index)) }
    case .cleanup: try optimize(model, Recipe())
    case .quantize:
      for precision in Recipe.Precision.allCases {
        try? optimize(model) { $0.quantization = Recipe.Quantization(precision) }
      }
      try optimize(model) {
        $0.quantization = Recipe.Quantization(.int8)
        $0.quantization?.weights = .int4
        $0.weightArenaGrowth = 1 << 20
      }
    case .prune:
      let kinds: [Recipe.Pruning] = [
        .magnitude(percent: 50), .pattern(kept: 2, of: 4), .channels(percent: 30),
      ]
      for kind in kinds {
        try? optimize(model) {
          $0.pruning = kind
          $0.refitEpochs = 1
        }
      }
    case .decompose: try optimize(model) { $0.decomposition = Recipe.Decomposition(.bytes) }
    case .roundtrip:
      let written = try ModelFile.serialize(model)
      let again = try ModelFile.parse(written, name: "fuzz")
      // Scales that are NaN equal nothing, not even themselves.
      let isSame = try again.isSame(as: model) || ModelFile.serialize(again) == written
      precondition(isSame, "a model that is written and read again is another one")
    }
  }

  /// The readers that know their own files by the first bytes, and the one that knows none.
  private func readData(_ bytes: [UInt8]) {
    _ = try? PixelImage.decode(bytes, file: "fuzz")
    _ = try? NumberTable(bytes, file: "fuzz")
    _ = try? NumPyFile.parse(Data(bytes), file: "fuzz")
    if let archive = try? NumPyArchive(Data(bytes), file: "fuzz") {
      for name in archive.names { _ = try? archive.array(name) }
    }
  }

  private func report(on model: Model, _ runtime: RuntimeChoice?) throws {
    let session = PlanSession(
      model: model, path: "fuzz", alignment: 16, effort: .normal.with(states: 1000), runtime: runtime,
      isWritten: runtime != nil)
    _ = try session.report(order: .optimal, board: nil, limitBytes: nil)
  }

  private func optimize(_ model: Model, change: (inout Recipe) -> Void) throws {
    var recipe = Recipe()
    change(&recipe)
    try optimize(model, recipe)
  }

  private func optimize(_ model: Model, _ recipe: Recipe) throws {
    let target = TFLMTarget(commonFor: .reference, resourceVariableSlots: nil)
    let planner = Planner(
      for: TFLMBuild(target, safeOn: [.reference]), effort: .normal.with(states: 1000))
    let optimization = Optimization(
      model, recipe, calibration: try SampleSet.random(for: model, count: 2, seed: 1), planner: planner,
      test: nil, threadCount: 1)
    _ = try optimization.run(maximumDrop: nil)
  }
}

/// libFuzzer's own loop (`FuzzerInterface.h`), which calls a function with every input.
@_silgen_name("LLVMFuzzerRunDriver")
func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

@main
enum Fuzz {
  static func main() {
    var count = CommandLine.argc
    var arguments = unsafe CommandLine.unsafeArgv
    exit(
      unsafe runFuzzer(&count, &arguments) { start, count in
        let bytes = unsafe [UInt8](UnsafeBufferPointer(start: start, count: count))
        try? Stage.chosen.run(on: bytes)
        return 0
      })
  }
}
