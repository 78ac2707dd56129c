import Datasets
import Execution
import GraphIR
import Operators

/// One thread's session, and the chosen activations of the sample that it runs.
final class ActivationRecorder {
  private let session: Session
  private let values: [ValueID]
  private let inputs: [(slot: Int, input: Int)]
  private var activations: [[Float]]

  init(_ interpreter: Interpreter, _ values: [ValueID]) {
    session = Session(interpreter)
    self.values = values
    activations = values.map { _ in [] }
    let graph = interpreter.model.graphs[0]
    let ports = graph.inputs.compactMap(\.self)
    let isFloat = values.map { graph[$0].elementType == .float32 }
    inputs = values.enumerated().compactMap { slot, value in
      guard isFloat[slot], let input = ports.firstIndex(of: value) else { return nil }
      return (slot, input)
    }
    let slots = graph.nodes.map { node in
      node.outputs.enumerated().flatMap { position, output in
        values.indices.filter { values[$0] == output && isFloat[$0] }.map { (position: position, slot: $0) }
      }
    }
    session.didRun = { [unowned self] graph, node, outputs in
      guard graph.index == 0 else { return }
      for (position, slot) in slots[node.index] {
        activations[slot] = outputs[position].elements(Float.self).array()
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
    _ = try runner.run(session, samples, index)
    return activations
  }

  /// The first chosen value with an element that is NaN or infinite.
  func firstNotFinite(_ activations: [[Float]]) -> ValueID? {
    for (slot, elements) in activations.enumerated() {
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
