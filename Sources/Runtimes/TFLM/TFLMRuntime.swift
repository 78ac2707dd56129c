package import GraphIR
import Tensors

/// TensorFlow Lite for Microcontrollers: predicts, to the byte, what it allocates for a model.
///
/// Sizes were read off the runtime's structures, compiled for each ABI, and checked against measured arenas.
/// Temporaries of a kernel that prepares are kept clear of what it allocates afterwards: the runtime does not
/// check that, so a few bytes less may seem to do where preparing a kernel needs more than running the model.
package struct TFLMRuntime: Sendable {
  package let target: TFLMTarget

  package init(_ target: TFLMTarget) { self.target = target }

  /// Bytes to a multiple of which the runtime rounds what it places in the head.
  package static let alignment = 16

  /// Predicts for the order in which the model's operators stand.
  ///
  /// - Parameter plan: offsets to obey, one for every tensor; nil for none. Those in the model's metadata
  ///   count only when given here.
  /// - Throws: `TFLMRuntimeError.tensorTooLarge` for a tensor that the runtime cannot count, `invalidModel` where
  ///   `GraphVerifier` finds the model unfit for use.
  /// - Precondition: the plan has an offset, or nil, for every tensor of the model.
  package func predict(_ model: Model, plan: OfflinePlan? = nil) throws(TFLMRuntimeError)
    -> TFLMPrediction
  {
    if let problem = GraphVerifier.forUse.firstProblem(in: model) { throw .invalidModel(problem) }
    try checkSizes(model)
    if let plan {
      precondition(
        plan.offsets.count == OfflinePlan.tensorCount(of: model), "an offset for every tensor of the model")
    }
    var session = AllocationSession(model, target: target, plan: plan)
    session.allocateStructures()
    session.initializeKernels()
    session.prepareKernels()
    let prediction = session.finish()
    guard prediction.headBytes.saturatingAdd(prediction.tailBytes) <= Int(Int32.max) else {
      throw .arenaTooLarge
    }
    return prediction
  }

  private func checkSizes(_ model: Model) throws(TFLMRuntimeError) {
    for (graphIndex, graph) in model.graphs.enumerated() {
      for (index, value) in graph.values.enumerated() where !value.isRepresentable {
        throw .tensorTooLarge(GraphID(graphIndex), ValueID(index))
      }
    }
  }
}

/// Why TFLM cannot hold a model.
package enum TFLMRuntimeError: Error, Equatable {
  /// A tensor of 2³¹ elements or bytes, or more: the runtime counts in 32 bits.
  case tensorTooLarge(GraphID, ValueID)
  /// Tensors that together take 2³¹ bytes or more: the runtime counts offsets in 32 bits.
  case arenaTooLarge
  /// What no runtime can go through: operands that are missing, calls without end.
  case invalidModel(GraphVerifier.Problem)
}

extension TFLMRuntimeError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .tensorTooLarge(let graph, let value):
      "tensor \(value.index) of subgraph \(graph.index) is larger than TFLM can count (2 GiB)"
    case .arenaTooLarge: "the arena is larger than TFLM can count (2 GiB)"
    case .invalidModel(let problem): "\(problem)"
    }
  }
}
