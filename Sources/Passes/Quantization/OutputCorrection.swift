import Datasets
import Execution
import GraphIR
import Operators
import Tensors

/// Takes the mean error of a quantized model off the biases of its last layers.
///
/// Rounding and clipping leave each score of a classifier a little too high or too low on average, which tips
/// close decisions one way. The quantized model runs with calibration data, and the mean by which each
/// channel of a last layer differs from the float model's goes into its bias (the empirical bias correction
/// of Nagel et al. 2019, for the layers behind which there is no other).
struct OutputCorrection {
  /// Those over which the float model's means were taken.
  let samples: SampleSet
  let runner: ParallelRunner

  /// Layers without an activation whose output reaches no other layer.
  static func lastLayers(of graph: Graph) -> [NodeID] {
    var leadsToLayer = [Bool](repeating: false, count: graph.values.count)
    var last: [NodeID] = []
    for (index, node) in graph.nodes.enumerated().reversed() {
      let leads = node.outputs.contains { leadsToLayer[$0.index] }
      let isLayer = node.passFacts?.layer != nil || !node.calledGraphs.isEmpty
      if leads || isLayer { for input in node.inputs.compactMap(\.self) { leadsToLayer[input.index] = true } }
      if isLayer && !leads && node.attributes.integer("fused_activation_function") == 0 {
        last.append(NodeID(index))
      }
    }
    return last.reversed()
  }

  /// Corrects the biases of a rewritten graph, whose first values are those of the float graph.
  ///
  /// - Parameter targets: the float model's mean by channel, by the value that a layer writes.
  func apply(_ targets: [ValueID: [Double]], to model: inout Model) throws(CalibrationError) {
    let interpreter: Interpreter
    do throws(ExecutionError) { interpreter = try Interpreter(model) } catch { throw .model(error) }
    let graph = model.graphs[0]
    var layers: [(node: Int, value: ValueID)] = []
    for (index, node) in graph.nodes.enumerated() {
      guard node.passFacts?.layer != nil, let value = node.outputs.first,
        targets[value] != nil, [.int8, .int16].contains(graph[value].elementType)
      else { continue }
      layers.append((index, value))
    }
    guard !layers.isEmpty else { return }
    let means = try measure(interpreter, layers.map(\.value), layers.map(\.node))
    var edit = GraphEdit(of: graph)
    for (layer, mean) in zip(layers, means) {
      correct(
        graph.nodes[layer.node], zip(targets[layer.value] ?? [], mean).map { $0 - $1 }, &edit)
    }
    model.apply(edit, to: GraphID(0))
  }

  private func correct(_ node: Node, _ errors: [Double], _ edit: inout GraphEdit) {
    guard let layer = node.passFacts?.layer, node.inputs.indices.contains(layer.bias),
      let bias = node.inputs[layer.bias], let scales = edit[bias].quantization?.scales,
      scales.count == 1 || scales.count == errors.count, edit[bias].shape?.elementCount == errors.count
    else { return }
    let isWide = edit[bias].elementType == .int64
    let stored =
      isWide ? edit[bias].data.elements(Int64.self) : edit[bias].data.elements(Int32.self).map(Int64.init)
    let corrected = stored.enumerated().map { channel, number in
      let steps = errors[channel] / Double(scales[scales.count == 1 ? 0 : channel])
      return number + Int64(WholeSteps.nearest(steps, limit: isWide ? 0x1p38 : 0x1p30))
    }
    edit[bias].data = TensorData(
      isWide ? LittleEndian.bytes(corrected) : LittleEndian.bytes(corrected.map { Int32(clamping: $0) }))
  }

  /// The mean of each channel of the values that nodes write, as real numbers.
  private func measure(
    _ interpreter: Interpreter, _ values: [ValueID], _ nodes: [Int]
  ) throws(CalibrationError) -> [[Double]] {
    let graph = interpreter.model.graphs[0]
    let dequantizers = values.compactMap { Dequantizer(graph[$0]) }
    let channels = values.map { Int(graph[$0].dimensions?.last ?? 1) }
    let shares: [[[Double]]]
    do throws(RunError) {
      shares = try runner.map(
        count: samples.count, makeWorker: { Session(interpreter) },
        body: { session, index throws(RunError) in
          var found = [[Double]](repeating: [], count: values.count)
          session.didRun = { id, node, outputs in
            guard id.index == 0, let slot = nodes.firstIndex(of: node.index) else { return }
            let reals = dequantizers[slot].floats(outputs[0].elements(UInt8.self).array())
            found[slot] = Self.means(reals, channels: channels[slot])
          }
          _ = try session.run(quantizing: samples, index, isSequence: runner.isSequence)
          return found
        })
    } catch {
      throw .run(error)
    }
    return values.indices.map { slot in
      (0..<channels[slot]).map { channel in
        shares.reduce(0) { $0 + $1[slot][channel] } / Double(max(shares.count, 1))
      }
    }
  }

  private static func means(_ reals: [Float], channels: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: channels)
    for (index, real) in reals.enumerated() { sums[index % channels] += Double(real) }
    return sums.map { $0 * Double(channels) / Double(max(reals.count, 1)) }
  }
}
