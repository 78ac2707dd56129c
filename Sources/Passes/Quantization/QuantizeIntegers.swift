package import Execution
package import GraphIR
import Tensors

/// Makes a float model an integer one by calibration (post-training quantization).
///
/// int8 follows TensorFlow Lite's 8-bit specification: symmetric int8 weights by output channel, asymmetric
/// int8 activations, int32 biases. int16x8 has symmetric int16 activations and int64 biases. float16
/// weights that are dequantized while the model runs are taken as floats.
package struct QuantizeIntegers: Pass {
  package static let name = "quantize-integers"

  package let samples: SampleSet
  package let options: Options

  /// How a model is quantized.
  package struct Options: Sendable {
    /// What activations are stored as.
    package var scheme = Scheme.int8
    /// Whether inputs and outputs stay float32, with QUANTIZE and DEQUANTIZE at the ends.
    package var keepsFloatPorts = false
    /// Whether operators that cannot be integer stay float; without it the pass refuses such a model.
    package var allowsFloatFallback = false
    /// `minMax` keeps accuracy steadiest; `best` gives the higher SQNR on most models.
    package var rangeMethod = RangeMethod.minMax
    /// Whether biases make up for what rounding the weights adds to the mean.
    package var correctsBias = true
    /// Whether the channels between layers are evened out first, as `EqualizeLayers` does.
    package var equalizes = true
    /// Whether the weights of FULLY_CONNECTED have a scale for each output, which TFLM takes since 2024.
    package var isFullyConnectedPerChannel = true
    /// Nodes, by their number in the main graph behind the folding of float16 weights, with a scheme of
    /// their own; nil keeps one float.
    package var exceptions: [NodeID: Scheme?] = [:]
    /// Whether state lasts from calibration sample to sample.
    package var isSequence = false
    /// By default as many as the machine has processors; the result does not depend on it.
    package var threadCount: Int?

    package init() {}
  }

  /// Types of activations; weights are int8.
  package enum Scheme: String, Sendable, CaseIterable {
    case int8
    case int16x8

    var elementType: ElementType { self == .int8 ? .int8 : .int16 }
  }

  /// - Parameter samples: calibration data for the model's inputs.
  package init(samples: SampleSet, options: Options = Options()) {
    self.samples = samples
    self.options = options
  }

  package func run(on model: inout Model, log: inout PassLog) throws(PassError) {
    guard !model.graphs.isEmpty else { throw error("the model has no subgraph") }
    var work = model
    let foldedCount = HalfPrecision.fold(&work.graphs[0])
    try requireFloat(work.graphs[0])
    let precisions = try precisions(of: work.graphs[0], &log)
    if options.equalizes && options.scheme == .int8 { try equalize(&work, &log) }
    let observation = try observe(work, precisions)
    note(precisions, work.graphs[0], foldedCount, &log)
    try rewrite(&work, precisions, observation)
    work.metadata?.removeAll { $0.name.map(ReorderOperators.orderBoundMetadata.contains) ?? false }
    UnusedParts.remove(from: &work)
    model = work
  }

  private func equalize(_ model: inout Model, _ log: inout PassLog) throws(PassError) {
    let pass = EqualizeLayers(
      samples: samples, isSequence: options.isSequence, threadCount: options.threadCount)
    var own = PassLog()
    do throws(PassError) {
      try pass.run(on: &model, log: &own)
    } catch {
      throw self.error(error.reason, place: error.place)
    }
    for edit in own.edits { log.edited(edit.rule, edit.place, edit.sentence) }
  }

  private func rewrite(
    _ model: inout Model, _ precisions: NodePrecisions, _ observation: Observation
  ) throws(PassError) {
    let graph = model.graphs[0]
    var planner = QuantizationPlanner(
      graph, nodeTypes: precisions.types, inputType: portType, statistics: observation.statistics,
      method: options.rangeMethod)
    var settings = QuantizationRewriter.Settings()
    settings.portType = portType
    settings.isFullyConnectedPerChannel = options.isFullyConnectedPerChannel
    if options.correctsBias { settings.channelMeans = observation.statistics.map(\.channelMeans) }
    settings.cellExtents = observation.cellExtents
    var rewriter = QuantizationRewriter(
      graph, plan: planner.makePlan(outputType: portType), settings: settings)
    let result = rewriter.rewrite()
    model.graphs[0] = result.graph
    model.replaceOutputs(result.outputs)
    if options.correctsBias { try correctOutputs(of: graph, &model, observation) }
  }

  private func correctOutputs(
    of graph: Graph, _ model: inout Model, _ observation: Observation
  ) throws(PassError) {
    var targets: [ValueID: [Double]] = [:]
    for node in OutputCorrection.lastLayers(of: graph) {
      guard let output = graph[node].outputs.first else { continue }
      let means = observation.statistics[output.index].channelMeans
      if !means.isEmpty { targets[output] = means }
    }
    let runner = ParallelRunner(threadCount: options.threadCount, isSequence: options.isSequence)
    do throws(CalibrationError) {
      try OutputCorrection(samples: samples, runner: runner).apply(targets, to: &model)
    } catch {
      throw self.error(error.description)
    }
  }

  private var portType: ElementType? { options.keepsFloatPorts ? nil : options.scheme.elementType }

  private func error(_ reason: String, place: String? = nil) -> PassError {
    PassError(pass: Self.name, place: place, reason: reason)
  }

  /// - Throws: `PassError` for a model that is quantized already, or holds no float numbers.
  private func requireFloat(_ graph: Graph) throws(PassError) {
    for node in graph.nodes {
      for value in (node.inputs.compactMap(\.self) + node.outputs).map({ graph[$0] })
      where [.int8, .uint8, .int16].contains(value.elementType) && value.quantization?.isQuantized == true {
        throw error(
          "the model is quantized already; give the float model", place: "tensor '\(value.name ?? "")'")
      }
    }
    guard graph.nodes.contains(where: { $0.outputs.contains { graph[$0].elementType == .float32 } }) else {
      throw error("the model computes no float32 numbers; there is nothing to quantize")
    }
  }

  private func precisions(of graph: Graph, _ log: inout PassLog) throws(PassError) -> NodePrecisions {
    var precisions = NodePrecisions(
      graph, type: options.scheme.elementType, exceptions: options.exceptions.mapValues { $0?.elementType })
    for (node, reason) in precisions.refusals {
      let place = "operator \(node.index) (\(graph[node].code.name))"
      guard options.allowsFloatFallback else {
        throw error("\(reason); allow float fallback to keep it float", place: place)
      }
      log.refused(Self.name, place, "not an integer operator: \(reason)")
    }
    if options.allowsFloatFallback { precisions.relaxMovements(portsAreFloat: options.keepsFloatPorts) }
    guard precisions.types.contains(where: { $0 != nil }) else {
      throw error("no operator of the model can be an integer one")
    }
    return precisions
  }

  private func note(_ precisions: NodePrecisions, _ graph: Graph, _ foldedCount: Int, _ log: inout PassLog) {
    if foldedCount > 0 { log.edited(Self.name, "model", "took \(foldedCount) float16 constants as float32") }
    for (index, type) in precisions.types.enumerated() {
      guard let type, QuantizationRules.rule(for: graph.nodes[index].code)?.layer != nil else { continue }
      log.edited(
        Self.name, "operator \(index) (\(graph.nodes[index].code.name))", "int8 weights, \(type) activations")
    }
  }

  /// What calibration has seen.
  private struct Observation {
    var statistics: [ValueStatistics]
    var cellExtents: [NodeID: Float]
  }

  private func observe(_ model: Model, _ precisions: NodePrecisions) throws(PassError) -> Observation {
    let graph = model.graphs[0]
    let calibrated = CalibratedValues(graph)
    do throws(CalibrationError) {
      let run = try CalibrationRun(
        model, samples: samples, isSequence: options.isSequence, threadCount: options.threadCount)
      let start = ActivationStatistics(channels: calibrated.channels, sampleCount: samples.count)
      let found = try run.collect(calibrated.values, into: start)
      var statistics = [ValueStatistics](repeating: ValueStatistics(channels: 0), count: graph.values.count)
      for (value, own) in zip(calibrated.values, found.values) { statistics[value.index] = own }
      return Observation(statistics: statistics, cellExtents: try cellExtents(graph, precisions, run))
    } catch {
      throw self.error(error.description)
    }
  }

  private func cellExtents(
    _ graph: Graph, _ precisions: NodePrecisions, _ run: CalibrationRun
  ) throws(CalibrationError) -> [NodeID: Float] {
    var nodes: [NodeID] = []
    var layers: [LSTMCellExtents.Layer] = []
    var values: [ValueID] = []
    for (index, node) in graph.nodes.enumerated()
    where node.code.builtin == .unidirectionalSequenceLSTM && precisions.types[index] != nil {
      guard let layer = LSTMCellExtents.Layer(LSTMOperands(node, in: graph)), let input = node.inputs[0],
        let output = node.outputs.first
      else { continue }
      nodes.append(NodeID(index))
      layers.append(layer)
      values += [input, output]
    }
    guard !nodes.isEmpty else { return [:] }
    let found = try run.collect(values, into: LSTMCellExtents(layers))
    return Dictionary(uniqueKeysWithValues: zip(nodes, found.extents))
  }
}

/// The values of a graph that calibration looks at.
private struct CalibratedValues {
  /// Float activations, in the order of their numbers.
  let values: [ValueID]
  /// For every value how many channels a layer takes it to have; 0 where none takes it.
  let channels: [Int]

  init(_ graph: Graph) {
    var isComputed = [Bool](repeating: false, count: graph.values.count)
    for value in graph.inputs.compactMap(\.self) + graph.nodes.flatMap(\.outputs) {
      isComputed[value.index] = true
    }
    var channels = [Int](repeating: 0, count: graph.values.count)
    for node in graph.nodes {
      guard let layer = QuantizationRules.rule(for: node.code)?.layer,
        node.inputs.indices.contains(max(layer.input, layer.filter)), let input = node.inputs[layer.input],
        let filter = node.inputs[layer.filter], channels[input.index] == 0
      else { continue }
      let last = (node.code.builtin == .fullyConnected ? graph[filter] : graph[input]).dimensions?.last
      channels[input.index] = Int(last ?? 0)
    }
    for node in OutputCorrection.lastLayers(of: graph) {
      guard let output = graph[node].outputs.first, channels[output.index] == 0 else { continue }
      channels[output.index] = Int(graph[output].dimensions?.last ?? 0)
    }
    values = graph.values.indices.filter { isComputed[$0] && graph.values[$0].elementType == .float32 }.map {
      ValueID($0)
    }
    self.channels = values.map { channels[$0.index] }
  }
}

extension Model {
  /// Lets signatures of the main graph name the values that stand for its outputs now.
  fileprivate mutating func replaceOutputs(_ replaced: [ValueID: ValueID]) {
    for index in (signatures ?? []).indices where signatures?[index].graph.index == 0 {
      let outputs = signatures?[index].outputs
      signatures?[index].outputs = outputs?.map {
        .init(name: $0.name, value: replaced[$0.value] ?? $0.value)
      }
    }
  }
}
