package import GraphIR
package import MemoryPlanning
package import Runtimes

/// What runs a model and places its buffers: the seam between planning and everything that differs by runtime.
///
/// A runtime says what it adds to the tensors and what it lets share bytes (`demands`), how a plan is written
/// down for it and what it then takes (`charge`).
package protocol Runtime: Sendable, Equatable {
  /// Bytes to a multiple of which it rounds every buffer up.
  var alignment: Int { get }

  /// Whether a plan's offsets reach the runtime; otherwise it chooses its own.
  var obeysOffsets: Bool { get }

  /// Runtimes of which every plan is one for this, too: they ask for the same memory, and let less of it be shared.
  var stricter: [Self] { get }

  /// Those that matter for striped models, whose tensors of loops stay in place: kernels that share more in them.
  var stricterOnStripes: [Self] { get }

  /// - Throws: `PlanningError` where a tensor is too large for the runtime.
  func demands(of model: Model) throws(PlanningError) -> Demands

  /// The model with a plan written down: its operators in the plan's order, and the offsets where they reach
  /// the runtime.
  func written(_ plan: Plan, into model: Model) -> Model

  /// What the runtime takes for a model as it is, with the offsets that stand in it.
  ///
  /// - Parameter plan: the plan that was written into the model; nil for a model as it came.
  /// - Throws: `PlanningError` where a tensor is too large for the runtime.
  func charge(for model: Model, planned plan: Plan?) throws(PlanningError) -> Charge

  /// What is wrong with the offsets that a model brings, as a sentence without a full stop; nil where nothing
  /// is, or it brings none.
  ///
  /// - Throws: `PlanningError` where a model cannot be planned.
  func faultOfOffsets(in model: Model) throws(PlanningError) -> String?
}

extension Runtime {
  package var stricter: [Self] { [] }
  package var stricterOnStripes: [Self] { [] }
}

/// What a runtime adds to a model's tensors, and what it lets share bytes.
package struct Demands: Sendable, Equatable {
  /// Whether a value takes bytes of the arena, by graph and value.
  package var takesMemory: [[Bool]]
  /// Bytes of a node's scratch buffers, each rounded up to the alignment, by graph and node.
  package var scratchBytes: [[Int]]
  /// What a node's output may share with its inputs, by graph; looked at where the input dies.
  package var overlaps: [[Overlap]]
  /// Values of different graphs that may share bytes whenever both are live, such as a call's operand and
  /// the input of the graph it calls.
  package var links: [Link] = []
  /// Bytes to a multiple of which a part of another tensor must start: a kernel's instructions may ask for it.
  package var partAlignment = 1

  /// A value that a node writes, and one that it reads, by which it may be overlapped where it dies.
  package struct Overlap: Sendable, Equatable {
    package let written: ValueID
    package let read: ValueID
    package let condition: AllowedOverlap.Condition

    package init(written: ValueID, read: ValueID, condition: AllowedOverlap.Condition) {
      self.written = written
      self.read = read
      self.condition = condition
    }
  }

  /// Whether there is nothing but tensors that stand apart.
  var isPlain: Bool {
    links.isEmpty && overlaps.allSatisfy(\.isEmpty) && scratchBytes.allSatisfy { $0.allSatisfy { $0 == 0 } }
  }

  /// Two values of any graphs that may share bytes.
  package struct Link: Sendable, Equatable {
    package typealias Place = Plan.Content
    package let first: Place
    package let second: Place
    package let condition: AllowedOverlap.Condition

    package init(_ first: Place, _ second: Place, _ condition: AllowedOverlap.Condition) {
      self.first = first
      self.second = second
      self.condition = condition
    }
  }
}

/// What a runtime takes for a model.
package struct Charge: Sendable {
  /// Bytes of tensors and scratch buffers: TFLM's head.
  package let headBytes: Int
  /// Bytes that stay taken: TFLM's tail.
  package let tailBytes: Int
  /// The smallest arena in which the model runs.
  package let arenaBytes: Int
  /// Where the runtime puts what it places, by the model's own numbers; nil where a plan is all there is.
  package let places: [Place]?
  /// Operators that the runtime has no kernel for, by name, each once.
  package let unknownOperators: [String]
  /// What the tail holds; nil for a runtime without one.
  package let prediction: TFLMPrediction?

  package struct Place: Sendable, Equatable {
    package let content: Plan.Content
    package let byteCount: Int
    package let offset: Int
  }

  package init(
    headBytes: Int, tailBytes: Int, arenaBytes: Int, places: [Place]? = nil, unknownOperators: [String] = [],
    prediction: TFLMPrediction? = nil
  ) {
    self.headBytes = headBytes
    self.tailBytes = tailBytes
    self.arenaBytes = arenaBytes
    self.places = places
    self.unknownOperators = unknownOperators
    self.prediction = prediction
  }
}
