package import Datasets
import Execution
package import GraphIR
import Planning
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
    /// `minMax` keeps accuracy steadiest; `auto` takes another where the whole model's answers gain.
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
    /// What may be spent on operators at more bits, where scheme is int8.
    package var keepsPrecise: PreciseBudget?
    /// How many things about a model its runtime refuses; no operator gets more bits where that makes them more.
    package var refusalCount: (@Sendable (Model) -> Int)?
    /// The mean square of a layer's outputs over that of their errors, at the least, for its weights to take 4 bits
    /// beside int8 activations; nil for 8 bits everywhere.
    package var leastNarrowRatio: Double?
    /// Layers that keep int8 weights all the same, counted among those that may have others.
    package var wideLayers: Set<Int> = []
    /// How weights become whole numbers.
    package var rounding = WeightRounding.nearest
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

  package func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    guard let graph = model.graphs.first else { throw error("the model has no subgraph") }
    var float = model
    let folding = HalfPrecision.folding(graph)
    float.apply(folding, to: GraphID(0))
    try Self.requireFloat(float.graphs[0])
    // A loop starts its state anew in every run, the operator does not: in a sequence of samples that shows. And
    // exceptions go by numbers of operators.
    if !options.isSequence && options.exceptions.isEmpty { try FuseRecurrence().edit(&float, log: &log) }
    if options.exceptions.isEmpty {
      for index in float.graphs.indices {
        let edit = IntegerForms.edit(float.graphs[index], hasTables: options.scheme == .int8)
        if let edit { float.apply(edit, to: GraphID(index)) }
      }
    }
    if options.scheme == .int16x8 {
      for index in float.graphs.indices.dropFirst() {
        let id = GraphID(index)
        if let edit = SliceInsteadOfGather.edit(RewriteContext(float, id)) { float.apply(edit, to: id) }
      }
    }
    let precisions = try precisions(of: float, &log)
    if options.equalizes { try equalize(&float, &log) }
    var work = try QuantizationWork(float, samples, options, precisions)
    try chooseRanges(&work, precisions, &log)
    let chosen = try keepPrecise(work, precisions, &log)
    note(chosen, work.joined, folding.removedNodes.count, &log)
    var result = try work.quantized(chosen)
    _ = result.removeUnused()
    if options.leastNarrowRatio != nil { Self.noteWidths(in: result, &log) }
    model = result
  }

  /// Puts a method of ranges in the place of `auto`; ranges of int16 are always whole.
  private func chooseRanges(
    _ work: inout QuantizationWork, _ precisions: NodePrecisions, _ log: inout PassLog
  ) throws(PassError) {
    guard options.rangeMethod == .auto else { return }
    work.use(.minMax)
    guard precisions.types.contains(.int8) else { return }
    let choice = try RangeChoice(work, precisions)
    log.edited(Self.name, "model", choice.sentence)
    work.use(choice.method)
  }

  private func equalize(_ model: inout Model, _ log: inout PassLog) throws(PassError) {
    let pass = EqualizeLayers(
      samples: samples, scheme: options.scheme, isSequence: options.isSequence,
      threadCount: options.threadCount)
    var own = PassLog()
    do throws(PassError) {
      try pass.run(on: &model, log: &own)
    } catch {
      throw self.error(error.reason, place: error.place)
    }
    for edit in own.edits { log.edited(edit.rule, edit.place, edit.sentence) }
  }

  /// The precisions with those operators at more bits that hurt most, within the budget.
  private func keepPrecise(
    _ work: QuantizationWork, _ precisions: NodePrecisions, _ log: inout PassLog
  ) throws(PassError) -> NodePrecisions {
    guard let budget = options.keepsPrecise, options.scheme == .int8 else { return precisions }
    let search = try MixedPrecision(work, precisions, budget)
    guard let found = try search.run() else {
      log.refused(Self.name, "model", "no operator at more bits brings the answers nearer within the budget")
      return precisions
    }
    log.edited(Self.name, "model", found.sentence)
    return found.precisions
  }

  private func error(_ reason: String, place: String? = nil) -> PassError {
    PassError(pass: Self.name, place: place, reason: reason)
  }

  /// Why a model cannot be quantized, as a sentence; nil where nothing is known against it.
  package static func refusal(of model: Model) -> String? {
    guard let main = model.graphs.first else { return "the model has no subgraph" }
    do throws(PassError) {
      try requireFloat(main.applying(HalfPrecision.folding(main)))
      return nil
    } catch {
      return error.reason
    }
  }

  /// - Throws: `PassError` for a model that is quantized already, or holds no float numbers.
  private static func requireFloat(_ graph: Graph) throws(PassError) {
    func error(_ reason: String, place: String? = nil) -> PassError {
      PassError(pass: name, place: place, reason: reason)
    }
    if let value = quantizedTensor(of: graph) {
      throw error(
        "the model is quantized already; give the float model", place: "tensor '\(value.name ?? "")'")
    }
    guard graph.nodes.contains(where: { $0.outputs.contains { graph[$0].elementType == .float32 } }) else {
      throw error("the model computes no float32 numbers; there is nothing to quantize")
    }
  }

  /// A tensor that an operator reads or writes as stored numbers of reals; nil in a float model.
  static func quantizedTensor(of graph: Graph) -> Value? {
    graph.nodes.lazy.flatMap { $0.inputs.compactMap(\.self) + $0.outputs }.map { graph[$0] }.first {
      [.int8, .uint8, .int16].contains($0.elementType) && $0.quantization?.isQuantized == true
    }
  }

  private func precisions(of model: Model, _ log: inout PassLog) throws(PassError) -> NodePrecisions {
    let joined = JoinedGraph(model)
    let graph = joined.graph
    let precisions = NodePrecisions(joined, options, variables: VariableUses(model))
    for (node, reason) in precisions.refusals {
      let place = joined.title(of: node)
      guard options.allowsFloatFallback else {
        let remedy =
          options.scheme == .int8
          ? "--quantize int8-fallback keeps it float"
          : "of the integer forms only --quantize int8-fallback keeps it float"
        throw error("\(reason); \(remedy)", place: place)
      }
      log.refused(Self.name, place, "not an integer operator: \(reason); \(price(of: node, graph))")
    }
    guard precisions.types.contains(where: { $0 != nil }) || !precisions.tabulated.isEmpty else {
      throw error("no operator of the model can be an integer one")
    }
    return precisions
  }

  /// What a node costs that stays float: the conversions around it have their activations in both forms.
  private func price(of node: NodeID, _ graph: Graph) -> String {
    let floats = Set(graph[node].inputs.compactMap(\.self) + graph[node].outputs).map { graph[$0] }
      .filter { $0.elementType == .float32 && !$0.isConstant }
    let bytes = floats.map(\.byteCount).saturatingSum
    return "its activations take \(bytes) bytes, in place of \(bytes / (options.scheme == .int8 ? 4 : 2))"
  }

  /// Says which weights take 4 bits.
  static func noteWidths(in model: Model, _ log: inout PassLog) {
    for graph in model.graphs {
      for (index, node) in graph.nodes.enumerated() {
        guard let layer = node.passFacts?.layer, let filter = node.inputs[layer.filter] else { continue }
        let place = graph.title(of: NodeID(index))
        if graph[filter].elementType == .int4 {
          log.edited(name, place, "its weights take 4 bits each")
        } else if [.convolution, .dense].contains(layer.kind), graph[filter].elementType == .int8 {
          log.refused(
            name, place, "its weights stay int8: few of them, or too much would be lost in 4 bits")
        }
      }
    }
  }

  private func note(
    _ precisions: NodePrecisions, _ joined: JoinedGraph, _ foldedCount: Int, _ log: inout PassLog
  ) {
    if foldedCount > 0 { log.edited(Self.name, "model", "took \(foldedCount) float16 constants as float32") }
    for node in precisions.tabulated.sorted() {
      log.edited(
        Self.name, joined.title(of: node), "a table of 256 numbers, which CAST, ADD and GATHER look up")
    }
    for (index, type) in precisions.types.enumerated() {
      guard let type, joined.graph.nodes[index].passFacts?.layer != nil else { continue }
      log.edited(
        Self.name, joined.title(of: NodeID(index)), "int8 weights, \(type) activations")
    }
  }
}
