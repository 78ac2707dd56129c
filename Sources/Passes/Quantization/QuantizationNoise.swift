package import Datasets
package import Execution
import Foundation
package import GraphIR
import Tensors

/// How far the answers of quantized forms of a float model are from its own.
package struct QuantizationNoise: Sendable {
  private let samples: SampleSet
  private let runner: ParallelRunner
  /// The first sample that counts.
  private let first: Int
  /// By sample and output.
  private let references: [[[Float]]]
  /// Sums of squares by sample and output.
  private let energies: [[Double]]

  /// Runs the float model.
  ///
  /// - Parameter first: the first sample that counts.
  package init(
    _ model: Model, _ samples: SampleSet, _ runner: ParallelRunner, from first: Int = 0
  ) throws(CalibrationError) {
    let interpreter: Interpreter
    do throws(ExecutionError) { interpreter = try Interpreter(model) } catch { throw .model(error) }
    self.samples = samples
    self.runner = runner
    self.first = first
    do throws(RunError) {
      references = try runner.map(
        count: samples.count - first, makeWorker: { Session(interpreter) },
        body: { session, index throws(RunError) in
          Self.floats(try runner.run(session, samples, first + index), interpreter.model.graphs[0])
        })
    } catch {
      throw .run(error)
    }
    energies = references.map { $0.map { $0.reduce(0) { $0 + Double($1) * Double($1) } } }
  }

  /// The mean over the outputs of noise energy as a share of signal energy.
  package func share(of model: Model) throws(CalibrationError) -> Double {
    try shares(of: model, parts: 1).first ?? 0
  }

  /// The same of every part of the samples by themselves.
  func shares(of model: Model, parts: Int) throws(CalibrationError) -> [Double] {
    let interpreter: Interpreter
    do throws(ExecutionError) { interpreter = try Interpreter(model) } catch { throw .model(error) }
    let graph = model.graphs[0]
    let errors: [[Double]]
    do throws(RunError) {
      errors = try runner.map(
        count: references.count, makeWorker: { Session(interpreter) },
        body: { session, index throws(RunError) in
          let outputs = try session.run(quantizing: samples, first + index, isSequence: runner.isSequence)
          return zip(Self.floats(outputs, graph), references[index]).map(Self.squaredDistance)
        })
    } catch {
      throw .run(error)
    }
    return (0..<parts).map { part in
      let own = part * errors.count / parts..<(part + 1) * errors.count / parts
      return share(Array(errors[own]), Array(energies[own]))
    }
  }

  private func share(_ errors: [[Double]], _ energies: [[Double]]) -> Double {
    var sum = 0.0
    var count = 0.0
    for output in (energies.first ?? []).indices {
      let energy = energies.reduce(0) { $0 + $1[output] }
      guard energy > 0 else { continue }
      sum += errors.reduce(0) { $0 + $1[output] } / energy
      count += 1
    }
    return count > 0 ? sum / count : 0
  }

  /// The ratio of signal to noise in decibels.
  package static func decibels(_ share: Double) -> Double { share > 0 ? -10 * log10(share) : .infinity }

  private static func floats(_ outputs: [[UInt8]], _ graph: Graph) -> [[Float]] {
    zip(graph.outputs.compactMap(\.self), outputs).map { port, bytes in
      Dequantizer(graph[port])?.floats(bytes) ?? []
    }
  }

  private static func squaredDistance(_ left: [Float], _ right: [Float]) -> Double {
    zip(left, right).reduce(0) { sum, pair in
      let difference = Double(pair.0) - Double(pair.1)
      return sum + difference * difference
    }
  }
}

extension Session {
  /// Runs a quantized model with a sample for the float model.
  func run(quantizing samples: SampleSet, _ index: Int, isSequence: Bool) throws(RunError) -> [[UInt8]] {
    if !isSequence { reset() }
    let graph = interpreter.model.graphs[0]
    var inputs: [[UInt8]]
    do throws(DataError) { inputs = try samples.sample(index) } catch { throw .data(error) }
    for (position, port) in graph.inputs.compactMap(\.self).enumerated() {
      guard [.int8, .int16].contains(graph[port].elementType),
        let scale = graph[port].quantization?.scales?.first
      else { continue }
      let parameters = AffineParameters(
        graph[port].elementType, scale: scale, zeroPoint: graph[port].quantization?.zeroPoints?.first ?? 0)
      inputs[position] = parameters.bytes(TensorData(inputs[position]).elements(Float.self))
    }
    do throws(ExecutionError) { return try run(inputs) } catch { throw .execution(sample: index, error) }
  }
}
