/// The JSON of `nnopt plan --json`; the names of its keys are an interface.
struct PlanDocument: Encodable {
  let models: [Entry]
  let failures: [Failure]
  /// Several models in one arena, where that was asked.
  let sharedArena: SharedArena?

  struct Entry: Encodable {
    let path: String
    /// `fits`, `does-not-fit`, `refused` by TFLM, or `planned` where no board and no limit was given.
    let verdict: String
    /// Why, in a clause; may be empty.
    let reason: String
    /// Operators of the main graph.
    let operators: Int
    let operatorsOfAllSubgraphs: Int
    let summary: Summary
    let orders: [Order]
    let plan: Plan
    /// On a 64-bit host with reference kernels.
    let tflm: Runtime?
    /// On the target, or a common 32-bit one.
    let tflm32: Runtime?
    /// Planned for each library on its own, on 32-bit targets.
    let kernelLibraries: [Runtime]?
    /// What TFLM says to the model; without the key for the tensors alone.
    let compatibility: CompatibilityDocument?
    let regions: RegionDocument?
    /// Where integers in the place of wider ports would save arena.
    let integerPorts: IntegerPorts?
    /// Where `nnopt optimize` takes out channels that never change.
    let constantChannels: ConstantChannels?
    /// With `--stripes`.
    let stripes: StripeDocument?
    let peak: Peak?
    let board: Board?
    let failOver: FailOver?
    /// With a board or a limit.
    let flash: FlashDocument?
    /// An estimate for the board.
    let cost: CostDocument?
    /// What differs from run to run.
    let timings: Timings
  }

  struct IntegerPorts: Encodable {
    /// Such as `input_1 float32 → int8`.
    let changes: [String]
    let smallestArenaBytes: Int
  }

  /// What is left without channels that hold one number in every run.
  struct ConstantChannels: Encodable {
    let macs: Int
    let constantBytes: Int
  }

  struct Timings: Encodable {
    /// Wall-clock seconds that planning took.
    let planSeconds: Double
  }

  /// What TFLM takes for the file as it came ("stock") and planned, in bytes.
  struct Runtime: Encodable {
    let kernels: String
    /// The release of the library that the figures are for, such as `esp-nn 1.2.3`.
    let kernelsVersion: String
    /// The month of TFLM's sources that the figures are for.
    let tflmVersion: String
    let stockHeadBytes: Int
    let stockTailBytes: Int
    let stockSmallestArenaBytes: Int
    let headBytes: Int
    let tailBytes: Int
    let smallestArenaBytes: Int
    /// Whether no order and no offsets make a smaller head; without the key where another target's plan is charged.
    let headProved: Bool?
    /// The largest scratch buffer.
    let scratchBytes: Int
    let tailByKind: Tail?
  }

  /// The tail by what it holds, in bytes.
  struct Tail: Encodable {
    let runtimeObjects: Int
    let evalTensors: Int
    let nodes: Int
    let parameters: Int
    let persistentBuffers: Int
    let variables: Int
    let persistentTensors: Int
    let quantization: Int
  }

  struct Failure: Encodable {
    let path: String
    let message: String
  }

  struct Summary: Encodable {
    let subgraphs: Int
    let parameters: Int
    let constantBytes: Int
    let macs: Int
    let stateBytes: Int
    let histogram: [OperatorCount]
    let inputs: [Port]
    let outputs: [Port]
  }

  struct OperatorCount: Encodable {
    let name: String
    let count: Int
  }

  struct Port: Encodable {
    let name: String
    let shape: [Int]?
    let type: String
    let quantization: String?
  }

  struct Order: Encodable {
    let name: String
    /// For the runtime: with scratch buffers, and tensors that may overlap counted once.
    let peakBytes: Int
    /// For the tensors alone.
    let idealPeakBytes: Int
  }

  struct Plan: Encodable {
    let order: String
    let alignment: Int
    let peakBytes: Int
    let lowerBoundBytes: Int
    let proved: Bool
    let arenaBytes: Int
    let arenaLowerBoundBytes: Int
    let arenaProved: Bool
    /// Why the file's own order and offsets stay, and nothing is proved; absent where they do not.
    let kept: String?
    let statesSearched: Int
    let steps: [Step]
    let tensors: [Tensor]
    let scratch: [Scratch]
  }

  /// An operator in execution order; called subgraphs stand at their calls.
  struct Step: Encodable {
    let graph: Int
    let `operator`: Int
    let liveBytes: Int
  }

  /// A tensor in the arena, live from `firstStep` to `lastStep`, both included.
  struct Tensor: Encodable {
    let graph: Int
    let tensor: Int
    let name: String
    let shape: [Int]?
    let type: String
    let offset: Int
    let bytes: Int
    let firstStep: Int
    let lastStep: Int
  }

  /// Memory of an operator's kernel, needed from `firstStep` to `lastStep`, both included.
  struct Scratch: Encodable {
    let graph: Int
    let `operator`: Int
    let offset: Int
    let bytes: Int
    let firstStep: Int
    let lastStep: Int
  }

  struct Peak: Encodable {
    let step: Int
    let `operator`: String
    /// Largest first.
    let tensors: [PeakTensor]
  }

  struct PeakTensor: Encodable {
    let name: String
    let bytes: Int
    let role: String
  }

  struct Board: Encodable {
    let id: String
    let name: String
    let requestedBytes: Int
    let availableBytes: Int
    let fits: Bool
    let marginBytes: Int
  }

  struct FailOver: Encodable {
    let limitBytes: Int
    let met: Bool
    let marginBytes: Int
  }

  struct SharedArena: Encodable {
    let arenaBytes: Int
    /// The largest of all.
    let headBytes: Int
    /// Of all models.
    let tailBytes: Int
    let board: Board?
  }
}
