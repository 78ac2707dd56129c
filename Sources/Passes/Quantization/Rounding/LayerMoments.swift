import Datasets
import Execution
import GraphIR

/// Second moments of the rows of inputs of several layers, from calibration.
struct LayerMoments: ActivationAccumulator {
  private let layers: [LinearLayer]
  private let rows: [LayerRows]
  /// By layer: one, or for a depthwise layer one for each output channel.
  private(set) var moments: [[NormalEquations]]

  init(_ layers: [LinearLayer], sampleCount: Int) {
    self.layers = layers
    rows = layers.map { LayerRows($0, sampleCount: sampleCount) }
    moments = layers.map { layer in
      let form = NormalEquations(inputCount: layer.rowLength, outputCount: 0)
      return [NormalEquations](repeating: form, count: layer.formCount)
    }
  }

  /// - Parameter activations: the input of each layer.
  mutating func add(sample: Int, _ activations: [[Float]]) {
    for (index, layer) in layers.enumerated() where !activations[index].isEmpty {
      let taps = rows[index].positions(ofSample: sample).map { layer.taps(at: $0) }
      for channel in moments[index].indices {
        let inputs = layer.rows([(activations[index], taps)], channel: channel)
        moments[index][channel].add(inputs, Matrix(rows: inputs.rows, columns: 0))
      }
    }
  }

  mutating func merge(_ next: LayerMoments) {
    for layer in moments.indices {
      for channel in moments[layer].indices { moments[layer][channel].add(next.moments[layer][channel]) }
    }
  }

  /// Layers with longer rows of inputs keep the nearest weights.
  private static let lengthLimit = 2048
  /// Numbers of one accumulator, of which there is one for each part of the samples.
  private static let numberLimit = 1 << 21

  /// The layers of a graph that have metrics, in parts whose moments fit into memory together.
  static func parts(of graph: Graph) -> [[LinearLayer]] {
    var rest = graph.nodes.indices.compactMap { LinearLayer(NodeID($0), in: graph) }
      .filter { $0.rowLength <= lengthLimit }[...]
    var parts: [[LinearLayer]] = []
    while let first = rest.first {
      var (part, size) = ([first], first.momentCount)
      rest.removeFirst()
      while let next = rest.first, size + next.momentCount <= numberLimit {
        part.append(next)
        size += next.momentCount
        rest.removeFirst()
      }
      parts.append(part)
    }
    return parts
  }

  /// The metrics of a float model's layers.
  static func metrics(
    of model: Model, _ samples: SampleSet, isSequence: Bool, threadCount: Int?
  ) throws(CalibrationError) -> [NodeID: RoundingMetric] {
    let run = try CalibrationRun(model, samples: samples, isSequence: isSequence, threadCount: threadCount)
    var metrics: [NodeID: RoundingMetric] = [:]
    for part in parts(of: model.graphs[0]) {
      let found = try run.collect(
        part.map(\.input), into: LayerMoments(part, sampleCount: samples.count))
      metrics.merge(found.metrics) { first, _ in first }
    }
    return metrics
  }

  /// The metrics of the layers; none for layers that calibration tells too little of.
  var metrics: [NodeID: RoundingMetric] {
    var metrics: [NodeID: RoundingMetric] = [:]
    for (layer, moments) in zip(layers, moments) { metrics[layer.node] = RoundingMetric(moments) }
    return metrics
  }
}

extension LinearLayer {
  /// How many kinds of rows the layer has.
  fileprivate var formCount: Int {
    if case .depthwise = kind { return outputChannels }
    return 1
  }

  fileprivate var momentCount: Int { formCount * (rowLength + 1) * (rowLength + 1) }
}
