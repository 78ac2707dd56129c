package import Datasets
import Execution
package import GraphIR
import Planning
import Tensors

/// Stores a float model's weights in fewer bytes and leaves its activations float; needs no data.
///
/// Weights that take no part in a layer's product, and those with too few elements to matter, stay float32.
/// TFLM runs neither form; LiteRT does.
package struct QuantizeWeights: Pass {
  package static let name = "quantize-weights"

  package let form: Form
  /// Weights with fewer elements stay as they are.
  package let leastElements: Int
  /// Calibration data for which int8 weights are rounded together; nil for the nearest numbers.
  package let samples: SampleSet?
  private let threadCount: Int?

  /// How weights are stored.
  package enum Form: String, Sendable, CaseIterable {
    /// Symmetric int8, by output channel where kernels take it; activations are quantized while the model runs.
    case int8 = "dynamic"
    /// float16, dequantized while the model runs.
    case float16
  }

  /// - Parameter leastElements: by default 1,024 for int8, as TensorFlow Lite's converter, and 64 for float16,
  ///   where the dequantizing operator takes more bytes than are saved.
  package init(
    _ form: Form, leastElements: Int? = nil, roundingFor samples: SampleSet? = nil, threadCount: Int? = nil
  ) {
    self.form = form
    self.samples = samples
    self.threadCount = threadCount
    self.leastElements = leastElements ?? (form == .int8 ? 1024 : 64)
  }

  package func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    guard let original = model.graphs.first else {
      throw PassError(pass: Self.name, reason: "the model has no subgraph")
    }
    var float = model
    var metrics: [NodeID: RoundingMetric] = [:]
    if form == .int8 {
      float.apply(HalfPrecision.folding(original), to: GraphID(0))
      if let samples {
        do throws(CalibrationError) {
          metrics = try LayerMoments.metrics(
            of: float, samples, isSequence: false, threadCount: threadCount)
        } catch {
          throw PassError(pass: Self.name, reason: error.description)
        }
      }
    }
    let graph = float.graphs[0]
    var rewriter = WeightRewriter(graph, leastElements: leastElements, metrics: metrics)
    for index in graph.nodes.indices {
      switch form {
      case .int8: rewriter.makeHybrid(NodeID(index), &log)
      case .float16: rewriter.makeHalf(NodeID(index), &log)
      }
    }
    guard rewriter.isChanged else {
      return log.refused(
        Self.name, "model",
        "no operator has float32 weights of \(leastElements) elements or more; smaller ones stay as they are")
    }
    float.apply(rewriter.edit, to: GraphID(0))
    float.apply(OperatorVersions.raising(float.graphs[0]), to: GraphID(0))
    _ = float.removeUnused()
    model = float
  }
}
