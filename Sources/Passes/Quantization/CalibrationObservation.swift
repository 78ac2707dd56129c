import Datasets
import Execution
import GraphIR
import Tensors

/// What calibration has seen of a float model's main graph and those of its loops.
struct CalibrationObservation: Sendable {
  /// By value of the joined graph.
  private(set) var statistics: [ValueStatistics]
  /// The largest magnitude of the cells of LSTMs and the states of SVDFs, by node.
  private(set) var cellExtents: [NodeID: Float]
  /// How adaptive rounding weighs the errors of weights, by layer.
  private(set) var metrics: [NodeID: RoundingMetric] = [:]

  /// Runs the model with all samples.
  ///
  /// - Parameter recurrent: the nodes of LSTMs and SVDFs that are to be integer ones.
  init(
    _ model: Model, _ joined: JoinedGraph, _ samples: SampleSet, recurrent: [NodeID],
    rounding: WeightRounding = .nearest, isSequence: Bool, threadCount: Int?
  ) throws(CalibrationError) {
    let graph = model.graphs[0]
    let calibrated = CalibratedValues(joined, main: graph)
    let run = try CalibrationRun(model, samples: samples, isSequence: isSequence, threadCount: threadCount)
    let start = ActivationStatistics(channels: calibrated.channels, sampleCount: samples.count)
    let places = calibrated.values.map { joined.place(of: $0) }.map {
      CalibrationRun.Place(graph: $0.graph, value: $0.value)
    }
    // Moments come from the same runs, as far as memory goes.
    let parts = rounding == .adaptive ? LayerMoments.parts(of: graph) : []
    let both = try run.collect(
      places + Self.inputs(of: parts.first ?? []),
      into: AccumulatorPair(
        start, LayerMoments(parts.first ?? [], sampleCount: samples.count), split: places.count))
    let found = both.first
    metrics = both.second.metrics
    for part in parts.dropFirst() {
      let rest = try run.collect(
        Self.inputs(of: part), into: LayerMoments(part, sampleCount: samples.count))
      metrics.merge(rest.metrics) { first, _ in first }
    }
    statistics = [ValueStatistics](
      repeating: ValueStatistics(channels: 0), count: joined.graph.values.count)
    for (value, own) in zip(calibrated.values, found.values) { statistics[value.index] = own }
    cellExtents = try Self.cellExtents(graph, recurrent, run)
      .merging(Self.stateExtents(graph, recurrent, run)) { first, _ in first }
  }

  private static func inputs(of layers: [LinearLayer]) -> [CalibrationRun.Place] {
    layers.map { CalibrationRun.Place(graph: GraphID(0), value: $0.input) }
  }

  private static func cellExtents(
    _ graph: Graph, _ recurrent: [NodeID], _ run: CalibrationRun
  ) throws(CalibrationError) -> [NodeID: Float] {
    var nodes: [NodeID] = []
    var layers: [LSTMCellExtents.Layer] = []
    var values: [ValueID] = []
    for id in recurrent where graph[id].passFacts?.recurrence?.kind == .lstm {
      guard let layer = LSTMCellExtents.Layer(LSTMOperands(graph[id], in: graph)),
        let input = graph[id].inputs[0], let output = graph[id].outputs.first
      else { continue }
      nodes.append(id)
      layers.append(layer)
      values += [input, output]
    }
    guard !nodes.isEmpty else { return [:] }
    let found = try run.collect(values, into: LSTMCellExtents(layers))
    return Dictionary(uniqueKeysWithValues: zip(nodes, found.extents))
  }

  private static func stateExtents(
    _ graph: Graph, _ recurrent: [NodeID], _ run: CalibrationRun
  ) throws(CalibrationError) -> [NodeID: Float] {
    let nodes = recurrent.filter { graph[$0].passFacts?.recurrence?.kind == .svdf }
    guard !nodes.isEmpty else { return [:] }
    let found = try run.collect(
      nodes.compactMap { graph[$0].inputs[0] },
      into: SVDFStateExtents(nodes.map { SVDFOperands(graph[$0], in: graph) }))
    return Dictionary(uniqueKeysWithValues: zip(nodes, found.extents))
  }
}

/// The values of a graph that calibration looks at.
private struct CalibratedValues {
  /// Float activations, in the order of their numbers.
  let values: [ValueID]
  /// For every value how many channels a layer takes it to have; 0 where none takes it.
  let channels: [Int]

  init(_ joined: JoinedGraph, main: Graph) {
    let graph = joined.graph
    var isComputed = [Bool](repeating: false, count: graph.values.count)
    let written = graph.nodes.filter { !JoinedGraph.isEnd($0) }.flatMap(\.outputs)
    for value in graph.inputs.compactMap(\.self) + written {
      isComputed[value.index] = true
    }
    var channels = [Int](repeating: 0, count: graph.values.count)
    for node in graph.nodes {
      guard let layer = node.passFacts?.layer,
        node.inputs.indices.contains(max(layer.input, layer.filter)), let input = node.inputs[layer.input],
        let filter = node.inputs[layer.filter], channels[input.index] == 0
      else { continue }
      let last = (layer.kind == .dense ? graph[filter] : graph[input]).dimensions?.last
      channels[input.index] = Int(last ?? 0)
    }
    for node in OutputCorrection.lastLayers(of: main) {
      guard let output = main[node].outputs.first, channels[output.index] == 0 else { continue }
      channels[output.index] = Int(graph[output].dimensions?.last ?? 0)
    }
    values = graph.values.indices.filter { isComputed[$0] && graph.values[$0].elementType == .float32 }.map {
      ValueID($0)
    }
    self.channels = values.map { channels[$0.index] }
  }
}
