package import Datasets
package import GraphIR
import MemoryPlanning
package import Planning
import Tensors

/// Quantizes with 4-bit weights where the runtime's memory allows it: kernels that read bytes unpack a layer's weights into
/// the arena while it runs (TFLM's reference kernels and ESP-NN's; CMSIS-NN's read them packed).
///
/// Layers whose unpacked weights would take more than the budget keep int8, those that need the most memory first.
package struct QuantizeNarrow: Pass {
  package static let name = QuantizeIntegers.name

  let quantization: QuantizeIntegers
  let budget: CompressionBudget
  let planner: Planner<TFLMBuild>

  /// - Parameters:
  ///   - options: with `leastNarrowRatio`.
  ///   - budget: beside the same model with int8 weights.
  package init(
    samples: SampleSet, options: QuantizeIntegers.Options, budget: CompressionBudget,
    planner: Planner<TFLMBuild>
  ) {
    quantization = QuantizeIntegers(samples: samples, options: options)
    self.budget = budget
    self.planner = planner
  }

  /// A layer with 4-bit weights.
  struct Layer {
    let graph: GraphID
    let node: NodeID
    let filter: ValueID
    /// Which of the layers that may have 4-bit weights it is, in the order of all graphs.
    let number: Int
    let weightCount: Int
  }

  package func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    var (narrow, own) = (model, PassLog())
    try quantize(&narrow, keepingWide: [], &own)
    let wide = try layersWithoutRoom(in: narrow)
    guard !wide.isEmpty else {
      model = narrow
      return log.add(own)
    }
    try quantize(&model, keepingWide: Set(wide.map(\.number)), &log)
    for layer in wide {
      log.refused(
        Self.name, narrow.graphs[layer.graph.index].title(of: layer.node),
        "in 4 bits its weights would save \(layer.weightCount / 2) B of the file, and take "
          + "\(layer.weightCount) B of the arena unpacked: allow them by --compress-arena")
    }
  }

  /// Quantizes a float model; of one that is quantized already only the weights are stored anew.
  private func quantize(_ model: inout Model, keepingWide wide: Set<Int>, _ log: inout PassLog)
    throws(PassError)
  {
    var options = quantization.options
    options.wideLayers = wide
    if NarrowStoredWeights.isFor(model) {
      try NarrowStoredWeights(samples: quantization.samples, options: options).edit(&model, log: &log)
    } else if model.graphs.first.map({ QuantizeIntegers.quantizedTensor(of: $0) != nil }) ?? false {
      QuantizeIntegers.noteWidths(in: model, &log)
      log.refused(Self.name, "model", "none of its layers has int8 weights that could take 4 bits")
    } else {
      try QuantizeIntegers(samples: quantization.samples, options: options).edit(&model, log: &log)
    }
  }

  /// Whether a model is quantized already, and has weights for fewer bits.
  package static func isForStored(_ model: Model) -> Bool { NarrowStoredWeights.isFor(model) }

  /// As few as the budget asks for, of those while which the most memory is live.
  private func layersWithoutRoom(in model: Model) throws(PassError) -> ArraySlice<Layer> {
    let unsorted = Self.layers(of: model)
    guard !unsorted.isEmpty else { return [] }
    let (before, narrow) = (try planned(Self.widened(unsorted[...], in: model)), try planned(model))
    let room = CompressionRoom(before, budget)
    guard before.stock.unknownOperators.isEmpty, !room.takes(narrow) else { return [] }
    let layers = room.sorted(unsorted, in: narrow)
    var (low, high) = (1, layers.count)
    while low < high {
      let middle = (low + high) / 2
      let trial = try planned(Self.widened(layers.prefix(middle), in: model))
      if room.takes(trial) { high = middle } else { low = middle + 1 }
    }
    return layers.prefix(low)
  }

  private func planned(_ model: Model) throws(PassError) -> PlannedModel {
    do throws(PlanningError) { return try planner.plannedModel(for: model) } catch {
      throw PassError(pass: Self.name, reason: "\(error)")
    }
  }

  /// The layers with 4-bit weights, in the order of the graphs.
  static func layers(of model: Model) -> [Layer] {
    var layers: [Layer] = []
    var number = 0
    for (index, graph) in model.graphs.enumerated() {
      for id in QuantizationRewriter.narrowable(graph) {
        if let layer = graph[id].passFacts?.layer, let filter = graph[id].inputs[layer.filter],
          graph[filter].elementType == .int4, let count = graph[filter].shape?.elementCount
        {
          layers.append(
            Layer(graph: GraphID(index), node: id, filter: filter, number: number, weightCount: count))
        }
        number += 1
      }
    }
    return layers
  }

  /// The same numbers with a byte for each weight of some layers.
  static func widened(_ layers: ArraySlice<Layer>, in model: Model) -> Model {
    var result = model
    for (graph, own) in Dictionary(grouping: layers, by: \.graph).sorted(by: { $0.key.index < $1.key.index })
    {
      var edit = GraphEdit(of: model.graphs[graph.index])
      for layer in own {
        let packed = edit[layer.filter].data.elements(UInt8.self)
        edit[layer.filter].elementType = .int8
        edit[layer.filter].data = TensorData(WeightWidth.unpacked(packed, count: layer.weightCount))
      }
      result.apply(edit, to: graph)
    }
    return result
  }
}

extension CompressionRoom {
  /// Layers by the memory that is live while they run, the most first.
  fileprivate func sorted(_ layers: [QuantizeNarrow.Layer], in planned: PlannedModel) -> [QuantizeNarrow
    .Layer]
  {
    var live: [NodeID: [GraphID: Int]] = [:]
    for step in planned.plan.steps {
      live[step.node, default: [:]][step.graph] = max(live[step.node]?[step.graph] ?? 0, step.liveBytes)
    }
    func bytes(_ layer: QuantizeNarrow.Layer) -> Int { live[layer.node]?[layer.graph] ?? 0 }
    return layers.sorted { (bytes($1), $0.number) < (bytes($0), $1.number) }
  }
}
