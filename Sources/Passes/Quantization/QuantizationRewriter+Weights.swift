import GraphIR
import Tensors

extension QuantizationRewriter {
  /// Stores the weights and the bias of a layer.
  mutating func rewriteWeights(
    _ id: NodeID, _ node: inout Node, _ layer: LayerOperands, _ type: ElementType
  ) {
    guard let input = source[id].inputs[layer.input], let filterID = source[id].inputs[layer.filter],
      let inputScale = plan.parameters(of: .init(node: id, position: layer.input))?.scale
        ?? plan.parameters(of: input, as: type)?.scale
    else { return }
    let filter = source[filterID]
    let biasID = node.inputs.indices.contains(layer.bias) ? source[id].inputs[layer.bias] : nil
    let biases = biasID.map { source[$0].data.elements(Float.self) } ?? []
    let biasType = type == .int16 ? ElementType.int64 : .int32
    let channels = Int(filter.dimensions?[layer.channelAxis] ?? 1)
    let means = inputMeans(of: layer, input, filter)
    let leastScales = LayerQuantizer.leastScales(
      bias: biases, inputScale: inputScale, outputScale: outputScale(of: id, type), channels: channels,
      type: biasType)
    let (quantizer, stored) = quantized(id, layer, filter, means, leastScales, type)
    node.inputs[layer.filter] = append(quantizer.value(filter, stored, axis: layer.channelAxis))
    let zeros = Self.needsBias(layer, stored, type) ? emptyBias(of: id, channels) : nil
    guard let bias = biasID.map({ source[$0] }) ?? zeros, biasID == nil || biases.count == channels else {
      return
    }
    let (width, share) = Self.inputChannels(of: layer, filter, quantizer.inputMeans)
    let errors = quantizer.meanErrors(filter, stored) { $0 % width / share }
    let reals = biases.isEmpty ? [Float](repeating: 0, count: channels) : biases
    let corrected = zip(reals, errors).map { Double($0) - $1 }
    let written = append(
      quantizer.bias(bias, corrected, stored, inputScale: inputScale, type: biasType))
    node.inputs = Array(node.inputs.prefix(layer.bias)) + [written]
  }

  /// Weights in as many bits as the settings ask for, where the layer's outputs stay near enough.
  private func quantized(
    _ id: NodeID, _ layer: LayerOperands, _ filter: Value, _ inputMeans: [Double], _ leastScales: [Float],
    _ type: ElementType
  ) -> (LayerQuantizer, LayerQuantizer.Filter) {
    let metric = settings.metrics[id]
    func stored(_ quantizer: LayerQuantizer) -> LayerQuantizer.Filter {
      quantizer.filter(filter, axis: layer.channelAxis, leastScales: leastScales, metric: metric)
    }
    if let least = settings.leastNarrowRatio, type == .int8, !settings.wideNodes.contains(id),
      Self.mayBeNarrow(layer.kind, weightCount: filter.shape?.elementCount ?? 0)
    {
      // FULLY_CONNECTED takes 4-bit weights with one scale only.
      let narrow = LayerQuantizer(
        isPerChannel: layer.kind != .dense, inputMeans: inputMeans, width: .int4)
      let weights = stored(narrow)
      if narrow.signalToNoise(filter, weights, metric) >= least { return (narrow, weights) }
    }
    let quantizer = LayerQuantizer(
      isPerChannel: layer.kind != .dense || settings.isFullyConnectedPerChannel, inputMeans: inputMeans)
    return (quantizer, stored(quantizer))
  }

  /// Layers of fewer weights gain no bytes that count; kernels of others take int8 weights only, or have few weights
  /// for each channel.
  static func mayBeNarrow(_ kind: LayerOperands.Kind, weightCount: Int) -> Bool {
    [.convolution, .dense].contains(kind) && weightCount >= 256
  }

  /// The layers that may have 4-bit weights, by their order.
  static func narrowable(_ graph: Graph) -> [NodeID] {
    graph.nodes.indices.filter { index in
      let node = graph.nodes[index]
      guard let layer = node.passFacts?.layer, node.inputs.indices.contains(layer.filter),
        let filter = node.inputs[layer.filter], let count = graph[filter].shape?.elementCount
      else { return false }
      return mayBeNarrow(layer.kind, weightCount: count)
    }.map { NodeID($0) }
  }

  /// Whether a layer without bias gets one: LiteRT takes no CONV_2D without, and sums 16-bit FULLY_CONNECTED
  /// in 32 bits, which may overflow.
  private static func needsBias(
    _ layer: LayerOperands, _ filter: LayerQuantizer.Filter, _ type: ElementType
  ) -> Bool {
    if layer.kind == .convolution { return true }
    guard layer.kind == .dense, type == .int16 else { return false }
    var sums = [Int](repeating: 0, count: filter.channels)
    for (index, weight) in filter.stored.enumerated() {
      sums[filter.channel(index)] += 32768 * abs(Int(weight))
    }
    return sums.contains { $0 > Int(Int32.max) }
  }

  private func emptyBias(of id: NodeID, _ channels: Int) -> Value {
    let name = source[id].outputs.first.flatMap { source[$0].name }.map { "\($0)/bias" }
    return Value(name: name, dimensions: [Int32(clamping: channels)], elementType: .float32)
  }

  /// The scale in which a layer's result is stored.
  private func outputScale(of id: NodeID, _ type: ElementType) -> Float {
    source[id].outputs.first.flatMap { plan.parameters(of: $0, as: type)?.scale } ?? 0
  }

  /// The mean of each input channel; empty where none are known or they do not fit the weights.
  private func inputMeans(of layer: LayerOperands, _ input: ValueID, _ filter: Value) -> [Double] {
    guard !settings.channelMeans.isEmpty, let last = filter.dimensions?.last else { return [] }
    let means = settings.channelMeans[input.index]
    switch layer.kind {
    case .convolution, .dense: return means.count == Int(last) ? means : []
    case .depthwise: return !means.isEmpty && Int(last) % means.count == 0 ? means : []
    case .transposed: return []
    }
  }

  /// Elements of the filter's last axis, and how many of them go with one input channel: a weight multiplies the
  /// channel `index % width / share` of its group.
  private static func inputChannels(
    of layer: LayerOperands, _ filter: Value, _ means: [Double]
  ) -> (width: Int, share: Int) {
    let width = max(Int(filter.dimensions?.last ?? 1), 1)
    return (width, layer.kind == .depthwise ? max(width / max(means.count, 1), 1) : 1)
  }
}
