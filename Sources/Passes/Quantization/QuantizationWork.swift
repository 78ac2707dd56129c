import Datasets
import Execution
import GraphIR
import Tensors

/// A float model with what calibration has seen of it, ready to be quantized with any mixture of precisions.
struct QuantizationWork: Sendable {
  /// The float model: float16 weights taken as floats, channels evened out.
  let model: Model
  /// Its main graph, with those of its loops.
  let joined: JoinedGraph
  let samples: SampleSet
  private(set) var options: QuantizeIntegers.Options
  let variables: VariableUses
  private let observation: CalibrationObservation

  /// - Parameter precisions: which nodes may become integer ones.
  /// - Throws: `PassError` for calibration data that do not fit.
  init(
    _ model: Model, _ samples: SampleSet, _ options: QuantizeIntegers.Options, _ precisions: NodePrecisions
  ) throws(PassError) {
    self.model = model
    self.samples = samples
    self.options = options
    variables = VariableUses(model)
    joined = JoinedGraph(model)
    let graph = model.graphs[0]
    let recurrent = graph.nodes.indices.filter {
      graph.nodes[$0].passFacts?.recurrence != nil && precisions.types[$0] != nil
    }
    do throws(CalibrationError) {
      observation = try CalibrationObservation(
        model, joined, samples, recurrent: recurrent.map { NodeID($0) }, rounding: options.rounding,
        isSequence: options.isSequence, threadCount: options.threadCount)
    } catch {
      throw PassError(pass: QuantizeIntegers.name, reason: error.description)
    }
  }

  /// Finds ranges by another method from now on.
  mutating func use(_ method: RangeMethod) { options.rangeMethod = method }

  /// The precisions of all nodes, but for exceptions.
  func precisions(_ exceptions: [NodeID: ElementType?]) -> NodePrecisions {
    NodePrecisions(joined, options, adding: exceptions, variables: variables)
  }

  /// The integer model, unused parts included.
  ///
  /// - Parameters:
  ///   - ranges: how ranges are found; nil for what the options say.
  ///   - isFinal: whether the biases of the last layers are corrected, for which the model runs with all samples.
  func quantized(
    _ precisions: NodePrecisions, ranges: RangeMethod? = nil, isFinal: Bool = true
  ) throws(PassError) -> Model {
    let graph = joined.graph
    var planner = QuantizationPlanner(
      joined, nodeTypes: precisions.types, inputType: portType, variables: variables.nodes,
      statistics: observation.statistics, method: ranges ?? options.rangeMethod)
    var settings = QuantizationRewriter.Settings()
    settings.portType = portType
    settings.isFullyConnectedPerChannel = options.isFullyConnectedPerChannel
    settings.leastNarrowRatio = options.leastNarrowRatio
    if !options.wideLayers.isEmpty {
      let layers = QuantizationRewriter.narrowable(graph)
      settings.wideNodes = Set(options.wideLayers.filter(layers.indices.contains).map { layers[$0] })
    }
    if options.correctsBias { settings.channelMeans = observation.statistics.map(\.channelMeans) }
    settings.seen = observation.statistics.map(\.histogram.range)
    settings.cellExtents = observation.cellExtents
    settings.metrics = observation.metrics
    let plan = planner.makePlan(outputType: portType)
    var rewriter = QuantizationRewriter(graph, plan: plan, settings: settings)
    let rewritten = rewriter.rewrite(mainEnd: joined.loops.isEmpty ? nil : joined.mainEnd)
    var result = written(rewritten, plan)
    if !precisions.tabulated.isEmpty { try tabulate(&result) }
    if options.correctsBias && isFinal { try correctOutputs(of: model.graphs[0], &result) }
    return result
  }

  /// Puts tables in the place of functions that no kernel computes.
  private func tabulate(_ model: inout Model) throws(PassError) {
    var isChanged = false
    for index in model.graphs.indices {
      let id = GraphID(index)
      guard let edit = FunctionTables.edit(RewriteContext(model, id)) else { continue }
      model.apply(edit, to: id)
      model.apply(OperatorVersions.raising(model.graphs[index]), to: id)
      isChanged = true
    }
    guard isChanged else { return }
    var log = PassLog()
    try Rewriter([RemoveDeadOperators()], pass: QuantizeIntegers.name).run(on: &model, log: &log)
  }

  /// The model with its graphs as they are rewritten.
  private func written(
    _ rewritten: (edit: GraphEdit, outputs: [ValueID: ValueID]), _ plan: QuantizationPlan
  ) -> Model {
    var result = model
    var edit = ModelEdit(of: model)
    variables.rewriteInitials(in: &edit, plan.variables)
    guard !joined.loops.isEmpty else {
      edit.graphs[0] = rewritten.edit
      edit.replaceOutputs(rewritten.outputs)
      result.apply(edit)
      result.apply(OperatorVersions.raising(result.graphs[0]), to: GraphID(0))
      return result
    }
    let (graphs, main) = joined.split(joined.graph.applying(rewritten.edit))
    edit.replaceOutputs(rewritten.outputs.mapValues { main[$0] ?? $0 })
    result.apply(edit)
    for (id, graph) in graphs {
      result.replace(id, with: graph)
      result.apply(OperatorVersions.raising(graph), to: id)
    }
    return result
  }

  private var portType: ElementType? { options.keepsFloatPorts ? nil : options.scheme.elementType }

  private func correctOutputs(of graph: Graph, _ model: inout Model) throws(PassError) {
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
      throw PassError(pass: QuantizeIntegers.name, reason: error.description)
    }
  }
}

extension ModelEdit {
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
