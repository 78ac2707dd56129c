import Datasets
import Execution
import GraphIR
import Tensors

/// Gives layers of a model that is quantized already 4-bit weights in the place of their int8 ones. What activations are
/// stored as stays; weights are rounded together, for what samples say that the layers read.
struct NarrowStoredWeights {
  let samples: SampleSet
  /// Of these: the least ratio, the layers that stay wide, and whether samples follow each other.
  let options: QuantizeIntegers.Options

  /// Whether a model has layers for it.
  static func isFor(_ model: Model) -> Bool {
    model.graphs.contains { !IntegerLayer.narrowable($0).isEmpty }
  }

  func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    guard let least = options.leastNarrowRatio else { return }
    let metrics = try metrics(of: model)
    var number = 0
    for index in model.graphs.indices {
      let graph = model.graphs[index]
      let numbers = Dictionary(
        uniqueKeysWithValues: QuantizationRewriter.narrowable(graph).enumerated().map { ($1, number + $0) })
      number += numbers.count
      var edit = GraphEdit(of: graph)
      for layer in IntegerLayer.narrowable(graph)
      where !(numbers[layer.node].map(options.wideLayers.contains) ?? false) {
        narrow(layer, graph, index == 0 ? metrics[layer.node] : nil, least, &edit)
      }
      model.apply(edit, to: GraphID(index))
      model.apply(OperatorVersions.raising(model.graphs[index]), to: GraphID(index))
    }
    _ = model.removeUnused()
    QuantizeIntegers.noteWidths(in: model, &log)
  }

  private func narrow(
    _ layer: IntegerLayer, _ graph: Graph, _ metric: RoundingMetric?, _ least: Double, _ edit: inout GraphEdit
  ) {
    let axis = layer.operands.channelAxis
    let real = layer.realWeights(in: graph)
    let biases = layer.realBias(in: graph)
    // FULLY_CONNECTED takes 4-bit weights with one scale only.
    let quantizer = LayerQuantizer(
      isPerChannel: layer.operands.kind != .dense, inputMeans: [], width: .int4)
    let leastScales = LayerQuantizer.leastScales(
      bias: biases.map { Float($0) }, inputScale: layer.inputScale, outputScale: layer.outputScale,
      channels: layer.filterScales.count, type: .int32)
    let stored = quantizer.filter(real, axis: axis, leastScales: leastScales, metric: metric)
    guard quantizer.signalToNoise(real, stored, metric) >= least else { return }
    edit[layer.filter] = quantizer.value(graph[layer.filter], stored, axis: axis)
    guard let bias = layer.bias else { return }
    let errors = quantizer.meanErrors(real, stored) { $0 }
    let corrected = zip(biases, errors).map { $0 - $1 }
    edit[bias] = quantizer.bias(
      graph[bias], corrected, stored, inputScale: layer.inputScale, type: .int32)
  }

  /// What errors of the main graph's weights matter.
  private func metrics(of model: Model) throws(PassError) -> [NodeID: RoundingMetric] {
    let graph = model.graphs[0]
    var view = GraphEdit(of: graph)
    for layer in IntegerLayer.narrowable(graph) { layer.showAsFloat(&view, graph) }
    var metrics: [NodeID: RoundingMetric] = [:]
    for part in LayerMoments.parts(of: graph.applying(view)) {
      var moments = LayerMoments(part, sampleCount: samples.count)
      do {
        let reader = try InputReader(model, part.map(\.input), isSequence: options.isSequence)
        for index in 0..<samples.count {
          moments.add(sample: index, try reader.run(samples.sample(index)))
        }
      } catch {
        throw PassError(pass: QuantizeNarrow.name, reason: "\(error)")
      }
      metrics.merge(moments.metrics) { first, _ in first }
    }
    return metrics
  }
}

/// Runs a model and hands over some of its main graph's values as real numbers.
private final class InputReader {
  private let session: Session
  private let ports: [ValueID?]
  private let values: [ValueID]
  private let dequantizers: [ValueID: Dequantizer]
  private let isSequence: Bool
  private var found: [ValueID: [Float]] = [:]

  init(_ model: Model, _ values: [ValueID], isSequence: Bool) throws {
    session = Session(try Interpreter(model))
    let graph = model.graphs[0]
    ports = graph.inputs
    self.values = values
    self.isSequence = isSequence
    var dequantizers: [ValueID: Dequantizer] = [:]
    for value in values { dequantizers[value] = Dequantizer(graph[value]) }
    self.dequantizers = dequantizers
    let outputs = graph.nodes.map(\.outputs)
    session.didRun = { [unowned self] graph, node, memories in
      guard graph.index == 0 else { return }
      for (value, memory) in zip(outputs[node.index], memories) {
        guard let dequantizer = self.dequantizers[value] else { continue }
        found[value] = dequantizer.floats(memory.elements(UInt8.self).array())
      }
    }
  }

  /// The values of one sample; empty where a value was not computed.
  func run(_ inputs: [[UInt8]]) throws -> [[Float]] {
    found = [:]
    for (port, bytes) in zip(ports, inputs) {
      guard let port, let dequantizer = dequantizers[port] else { continue }
      found[port] = dequantizer.floats(bytes)
    }
    if !isSequence { session.reset() }
    _ = try session.run(inputs)
    return values.map { found[$0] ?? [] }
  }
}
