package import Datasets
import Execution
package import GraphIR
import Tensors

/// Evens out the channels between two layers, so that 8 bits store all of them well, activations and weights; the
/// model computes the same as before but for rounding.
///
/// Channels are scaled in the weights and bias of one layer and back in the weights of the next; RELU, LEAKY_RELU,
/// pools, PAD and RESHAPE may stand between them, as long as nothing else reads what lies between.
package struct EqualizeLayers: Pass {
  package static let name = "equalize-layers"

  package let samples: SampleSet
  package let isSequence: Bool
  package let threadCount: Int?
  /// What activations become; weights become int8.
  package let scheme: QuantizeIntegers.Scheme

  /// Samples beyond these do not change the channels' extents enough to matter.
  private static let sampleLimit = 64

  /// - Parameters:
  ///   - samples: calibration data, of which the first 64 are used.
  ///   - isSequence: whether state lasts from sample to sample.
  package init(
    samples: SampleSet, scheme: QuantizeIntegers.Scheme = .int8, isSequence: Bool = false,
    threadCount: Int? = nil
  ) {
    self.scheme = scheme
    self.samples = samples.prefix(Self.sampleLimit)
    self.isSequence = isSequence
    self.threadCount = threadCount
  }

  package func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    guard let graph = model.graphs.first else {
      throw PassError(pass: Self.name, reason: "the model has no subgraph")
    }
    let pairs = LayerPair.all(in: graph)
    guard !pairs.isEmpty else {
      log.refused(Self.name, "model", "no two layers follow each other alone")
      return
    }
    let extents: ChannelExtents
    do throws(CalibrationError) {
      let run = try CalibrationRun(model, samples: samples, isSequence: isSequence, threadCount: threadCount)
      extents = try run.collect(pairs.map(\.value), into: ChannelExtents(channels: pairs.map(\.channels)))
    } catch {
      throw PassError(pass: Self.name, reason: error.description)
    }
    var edit = GraphEdit(of: graph)
    for (pair, channels) in zip(pairs, extents.values) {
      let place = graph.title(of: pair.first)
      guard equalize(pair, channels, &edit) else {
        log.refused(Self.name, place, "its channels are even enough")
        continue
      }
      log.edited(Self.name, place, "evened its channels out against operator \(pair.second.index)")
    }
    guard !edit.replacedNodes.isEmpty else { return }
    model.apply(edit, to: GraphID(0))
    _ = model.removeUnused()
  }

  /// - Returns: false where the channels stay as they are.
  private func equalize(
    _ pair: LayerPair, _ channels: ChannelExtents.Channels, _ edit: inout GraphEdit
  ) -> Bool {
    let (first, second) = (edit[pair.first], edit[pair.second])
    guard let before = first.passFacts?.layer, let behind = second.passFacts?.layer,
      let source = first.inputs[before.filter],
      let target = second.inputs[behind.filter]
    else { return false }
    let isDepthwise = behind.kind == .depthwise
    let chooser = EqualizationFactors(
      pair: pair, channels: channels, isDepthwise: isDepthwise,
      steps: scheme == .int8 ? 255 : 65_534)
    let filter = edit[target]
    guard let factors = chooser.best(filter, outputAxis: behind.channelAxis) else { return false }
    let dimensions = (edit[source].dimensions ?? []).map(Int.init)
    let stride = dimensions[(before.channelAxis + 1)...].reduce(1, *)
    edit[pair.first].inputs[before.filter] = scaled(source, &edit) { factors[$0 / stride % factors.count] }
    if first.inputs.indices.contains(before.bias), let bias = first.inputs[before.bias] {
      edit[pair.first].inputs[before.bias] = scaled(bias, &edit) { factors[$0 % factors.count] }
    }
    edit[pair.second].inputs[behind.filter] = scaled(target, &edit) {
      1 / factors[pair.channel(of: $0, in: filter, isDepthwise: isDepthwise)]
    }
    return true
  }

  /// A copy of a constant, which other nodes may use as it was.
  private func scaled(_ id: ValueID, _ edit: inout GraphEdit, by factor: (Int) -> Float) -> ValueID {
    var value = edit[id]
    let scaled = value.data.elements(Float.self).enumerated().map { $1 * factor($0) }
    value.data = TensorData(LittleEndian.bytes(scaled))
    return edit.add(value)
  }
}
