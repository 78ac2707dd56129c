import Datasets
import GraphIR
import Operators
import Tensors

/// One thread's sessions of both models, and what it records of the layers while they run.
final class ComparisonWorker {
  let reference: Session
  let candidate: Session
  private let layers: [TensorPair]
  private var isRecording = false
  /// The bytes and numbers of the reference's layers in the current sample.
  private var recorded: [([UInt8], [Float])?]
  private var differences: [SignalDifference]

  init(_ reference: Interpreter, _ candidate: Interpreter, layers: [TensorPair]) {
    self.reference = Session(reference)
    self.candidate = Session(candidate)
    self.layers = layers
    recorded = layers.map { _ in nil }
    differences = layers.map { _ in SignalDifference() }
    let referenceSlots = Self.slots(reference.model.graphs[0], layers.map(\.reference.value))
    let candidateSlots = Self.slots(candidate.model.graphs[0], layers.map(\.candidate.value))
    self.reference.didRun = { [unowned self] graph, node, outputs in
      guard isRecording, graph.index == 0 else { return }
      for slot in referenceSlots[node.index] { record(slot.layer, outputs[slot.position]) }
    }
    self.candidate.didRun = { [unowned self] graph, node, outputs in
      guard isRecording, graph.index == 0 else { return }
      for slot in candidateSlots[node.index] { compare(slot.layer, outputs[slot.position]) }
    }
  }

  /// Runs both models.
  ///
  /// - Parameter isRecording: whether layers are compared.
  /// - Returns: the outputs of both, and the layers' differences (empty where they are not recorded).
  func run(
    _ runner: ParallelRunner, _ referenceSamples: SampleSet, _ candidateSamples: SampleSet, _ index: Int,
    isRecording: Bool
  ) throws(RunError) -> (reference: [[UInt8]], candidate: [[UInt8]], layers: [SignalDifference]) {
    self.isRecording = isRecording
    differences = layers.map { _ in SignalDifference() }
    let first = try runner.run(reference, referenceSamples, index)
    let second = try runner.run(candidate, candidateSamples, index)
    recorded = layers.map { _ in nil }
    return (first, second, isRecording ? differences : [])
  }

  private func record(_ layer: Int, _ memory: TensorMemory) {
    let bytes = memory.elements(UInt8.self).array()
    recorded[layer] = (bytes, layers[layer].reference.dequantizer.floats(bytes))
  }

  private func compare(_ layer: Int, _ memory: TensorMemory) {
    guard let (bytes, floats) = recorded[layer] else { return }
    let other = memory.elements(UInt8.self).array()
    differences[layer].add(floats, layers[layer].candidate.dequantizer.floats(other))
    differences[layer].addBytes(bytes, other, as: layers[layer].commonType)
  }

  /// Which layers each node's outputs are, by node.
  private static func slots(_ graph: Graph, _ values: [ValueID]) -> [[(position: Int, layer: Int)]] {
    var layers: [ValueID: Int] = [:]
    for (layer, value) in values.enumerated() { layers[value] = layer }
    return graph.nodes.map { node in
      node.outputs.enumerated().compactMap { position, value in layers[value].map { (position, $0) } }
    }
  }
}
