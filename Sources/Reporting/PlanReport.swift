package import Boards
import GraphIR
package import MemoryPlanning
package import Passes
package import Runtimes
package import Tensors

/// Everything that `nnopt plan` says about one model; renderers only format it.
package struct PlanReport: Sendable {
  /// The path as the user gave it.
  package let path: String
  package let summary: ModelSummary
  /// Peaks of the compared orders; `file` first, `optimal` last.
  package let orders: [OrderPeak]
  package let plan: MemoryPlan
  /// Wall-clock seconds that planning took.
  package let seconds: Double
  /// The step at which most bytes are live.
  package let peak: PeakStep?
  /// Live bytes at each step in the file's order, in the plan's steps' number.
  package let fileOrderLiveBytes: [Int]
  /// What each of the plan's steps runs, such as `operator 12 (CONV_2D)`.
  package let stepLabels: [String]
  /// What each of the plan's tensors is.
  package let tensors: [TensorFacts]
  /// What TFLM takes; nil where only the tensors were planned.
  package let runtime: RuntimeReport?
  package let board: BoardVerdict?
  /// The limit of `--fail-over`, in bytes.
  package let limitBytes: Int?
  /// What an inference is likely to cost on the board; nil without one.
  package var cost: CostVerdict?
  /// Which memory each tensor is in; nil where no regions were given.
  package var regions: RegionReport?

  /// The peak of live bytes that an execution order reaches.
  package struct OrderPeak: Sendable, Equatable {
    package let name: NamedOrder
    package let peakBytes: Int
  }

  /// The operator and the tensors that make the peak.
  package struct PeakStep: Sendable, Equatable {
    /// Position in the plan's steps, from 0.
    package let step: Int
    /// Position of the operator in the file and its name, such as `operator 12 (CONV_2D)`.
    package let operatorLabel: String
    /// Live tensors with bytes, largest first.
    package let tensors: [LiveTensor]
  }

  /// A tensor that is live at the peak.
  package struct LiveTensor: Sendable, Equatable {
    /// Index in the plan's tensors.
    package let index: Int
    package let role: Role
  }

  /// Why a tensor is live at the peak.
  package enum Role: String, Sendable {
    /// The operator at the peak reads it.
    case input
    /// The operator at the peak writes it.
    case output
    /// It waits for a later operator.
    case held
  }

  /// What the model says about a tensor.
  package struct TensorFacts: Sendable, Equatable {
    /// The tensor's name, as the file has it, or its position where it has none.
    package let name: String
    /// nil where the file's dimensions give no shape.
    package let shape: Shape?
    package let elementType: ElementType
  }

  /// Whether the plan fits into a board's memory.
  package struct BoardVerdict: Sendable {
    package let board: Board
    package let requestedBytes: Int

    /// Bytes that one arena can use at the most.
    package var availableBytes: Int { board.availableBytes }
    package var marginBytes: Int { availableBytes - requestedBytes }
    package var fits: Bool { marginBytes >= 0 }
  }

  /// Bytes of the arena that the plan asks for: the runtime's, or that of the tensors alone.
  package var requestedBytes: Int { runtime?.arenaBytes ?? plan.arenaBytes }

  /// Whether the plan meets `--fail-over` and fits the board and the regions, as far as they are given.
  package var isWithinLimits: Bool {
    (board?.fits ?? true) && regions?.shortage == nil
      && (limitBytes.map { requestedBytes <= $0 } ?? true)
  }
}
