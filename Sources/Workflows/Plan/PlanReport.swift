package import Boards
package import Firmware
package import GraphIR
package import MemoryPlanning
package import Planning
package import Runtimes
package import Tensors

/// Everything that `nnopt plan` says about one model; renderers only format it.
package struct PlanReport: Sendable {
  /// The path as the user gave it.
  package let path: String
  package let summary: ModelSummary
  /// Peaks of the compared orders; `file` first, `optimal` last.
  package let orders: [OrderPeak]
  /// The one plan that text, pictures, JSON and the written file show.
  package var plan: Plan
  /// The model with the plan written down.
  package let model: Model
  /// Wall-clock seconds that planning took.
  package var seconds: Double
  /// The step at which most bytes are live.
  package let peak: PeakStep?
  /// Live bytes at each step in the file's order, in the plan's steps' number.
  package let fileOrderLiveBytes: [Int]
  /// What each of the plan's steps runs, such as `operator 12 (CONV_2D)`.
  package let stepLabels: [String]
  /// What each of the plan's buffers is.
  package let buffers: [BufferFacts]
  /// What TFLM takes; nil where only the tensors were planned.
  package let runtime: RuntimeReport?
  /// What TFLM refuses in the model or gets wrong; empty for the tensors alone.
  package var warnings: [FirmwareWarning] = []
  package let bounds: PlanBounds
  /// What the model takes of flash; nil where its file cannot be written.
  package var flash: FlashReport?
  /// What an inference is likely to cost on the board; nil without one.
  package var cost: CostVerdict?
  /// Which memory each tensor is in; nil where no regions were given.
  package var regions: RegionReport?
  /// What integers in the place of wider ports would save; nil where nothing.
  package var portAdvice: PortAdvice?
  /// What channels that never change cost; nil where there are none.
  package var channelAdvice: ChannelAdvice?
  /// What computing layers a few rows at a time does; nil where nobody asked.
  package var stripes: StripeReport?

  /// The peak of live bytes that an execution order reaches.
  package struct OrderPeak: Sendable, Equatable {
    package let name: NamedOrder
    /// For the runtime: with its scratch buffers, and tensors that may overlap counted once.
    package let peakBytes: Int
    /// For the tensors alone.
    package let idealPeakBytes: Int
  }

  /// The operator and the tensors that make the peak.
  package struct PeakStep: Sendable, Equatable {
    /// Position in the plan's steps, from 0.
    package let step: Int
    /// Position of the operator in the file and its name, such as `operator 12 (CONV_2D)`.
    package let operatorLabel: String
    /// Live buffers with bytes, largest first.
    package let buffers: [LiveBuffer]
  }

  /// A buffer that is live at the peak.
  package struct LiveBuffer: Sendable, Equatable {
    /// Index in the plan's buffers.
    package let index: Int
    package let role: Role
  }

  /// Why a buffer is live at the peak.
  package enum Role: String, Sendable {
    /// The operator at the peak reads it.
    case input
    /// The operator at the peak writes it.
    case output
    /// It waits for a later operator.
    case held
    /// A kernel needs it while it runs.
    case scratch
  }

  /// What the model says about a buffer.
  package struct BufferFacts: Sendable, Equatable {
    /// The tensor's name, as the file has it, or its position where it has none; a kernel's memory by its
    /// operator.
    package let name: String
    /// nil where the file's dimensions give no shape, and for memory of a kernel.
    package let shape: Shape?
    /// nil for memory of a kernel.
    package let elementType: ElementType?
  }

  /// Bytes of the arena that the plan asks for: the runtime's, or that of the tensors alone.
  package var requestedBytes: Int { runtime?.arenaBytes ?? plan.arenaBytes }

  /// What the model takes as it came: the runtime's arena, or the peak of the tensors alone.
  package var stockBytes: Int {
    runtime?.planned.stock.arenaBytes ?? orders.first { $0.name == .file }?.peakBytes ?? requestedBytes
  }

  package var board: Board? { bounds.board }
  /// The limit of `--fail-over`, in bytes.
  package var limitBytes: Int? { bounds.arenaBytes }

  /// Whether the arena fits the board; nil without one, and where regions say what the memories are.
  package var fit: BoardFit? {
    regions == nil ? bounds.fit(arenaBytes: requestedBytes) : nil
  }

  /// Whether TFLM was asked at all.
  package var isForTFLM = false
  /// Whether TFLM runs the model, and rightly.
  package var verdict: TFLMVerdict { TFLMVerdict(warnings) }
  /// What keeps the model from running rightly on TFLM; nil where nothing does.
  package var obstacle: FirmwareWarning? { verdict.obstacle }
  /// Whether TFLM refuses the model, or gives other answers than the model's.
  package var isRefused: Bool { obstacle != nil }

  /// Why the model does not meet what it is held against.
  package enum Shortfall: Sendable, Equatable {
    case refused(FirmwareWarning)
    /// What does not fit the regions.
    case regions(String)
    case board(Board, missingBytes: Int)
    /// Bytes over `--fail-over`.
    case limit(excessBytes: Int)
    case flash(missingBytes: Int)
  }

  /// The first reason; nil where TFLM runs the model, and the plan meets `--fail-over` and fits board, flash and regions,
  /// as far as they are given.
  package var shortfall: Shortfall? {
    if let obstacle { return .refused(obstacle) }
    if let shortage = regions?.shortage { return .regions(shortage) }
    if let board, let fit, !fit.fits { return .board(board, missingBytes: fit.missingBytes) }
    let excess = bounds.excess(arenaBytes: requestedBytes)
    if excess > 0 { return .limit(excessBytes: excess) }
    return flash.flatMap { $0.isWithinLimits ? nil : .flash(missingBytes: $0.missingBytes) }
  }

  package var isWithinLimits: Bool { shortfall == nil }
}
