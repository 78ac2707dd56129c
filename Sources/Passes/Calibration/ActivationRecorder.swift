import Datasets
import Execution
import GraphIR
import Operators

/// One thread's session, and the chosen activations of the sample that it runs.
final class ActivationRecorder {
  private let session: Session
  private let values: [CalibrationRun.Place]
  private let inputs: [(slot: Int, input: Int)]
  private var activations: [[Float]]
  /// Whether an earlier slot holds the same value.
  private let isRepeated: [Bool]

  init(_ interpreter: Interpreter, _ values: [CalibrationRun.Place]) {
    session = Session(interpreter)
    self.values = values
    activations = values.map { _ in [] }
    var seen: Set<CalibrationRun.Place> = []
    isRepeated = values.map { !seen.insert($0).inserted }
    let graphs = interpreter.model.graphs
    let ports = graphs[0].inputs.compactMap(\.self)
    let isFloat = values.map { graphs[$0.graph.index][$0.value].elementType == .float32 }
    inputs = values.enumerated().compactMap { slot, value in
      guard isFloat[slot], value.graph.index == 0, let input = ports.firstIndex(of: value.value) else {
        return nil
      }
      return (slot, input)
    }
    var wanted: [CalibrationRun.Place: [Int]] = [:]
    for (slot, value) in values.enumerated() where isFloat[slot] { wanted[value, default: []].append(slot) }
    let slots = graphs.enumerated().map { index, graph in
      graph.nodes.map { node in
        node.outputs.enumerated().flatMap { position, output in
          wanted[.init(graph: GraphID(index), value: output)].map { [(position: position, slots: $0)] } ?? []
        }
      }
    }
    session.didRun = { [unowned self] graph, node, outputs in
      for (position, slots) in slots[graph.index][node.index] {
        let elements = outputs[position].elements(Float.self).array()
        for slot in slots {
          if graph.index == 0 { activations[slot] = elements } else { activations[slot] += elements }
        }
      }
    }
  }

  /// The chosen activations of one sample.
  func run(_ runner: ParallelRunner, _ samples: SampleSet, _ index: Int) throws(RunError) -> [[Float]] {
    if !inputs.isEmpty {
      let bytes: [[UInt8]]
      do throws(DataError) { bytes = try samples.sample(index) } catch { throw .data(error) }
      for (slot, input) in inputs where bytes.indices.contains(input) {
        activations[slot] = Self.floats(bytes[input])
      }
    }
    for (slot, value) in values.enumerated() where value.graph.index != 0 { activations[slot] = [] }
    _ = try runner.run(session, samples, index)
    return activations
  }

  /// The first chosen value with an element that is NaN or infinite.
  func firstNotFinite(_ activations: [[Float]]) -> CalibrationRun.Place? {
    for (slot, elements) in activations.enumerated() where !isRepeated[slot] {
      var rest: Float = 0
      for element in elements { rest += element * 0 }
      if rest != 0 { return values[slot] }
    }
    return nil
  }

  private static func floats(_ bytes: [UInt8]) -> [Float] {
    unsafe [Float](unsafeUninitializedCapacity: bytes.count / 4) { buffer, count in
      count = unsafe bytes.withUnsafeBytes { unsafe $0.copyBytes(to: buffer) } / 4
    }
  }
}
