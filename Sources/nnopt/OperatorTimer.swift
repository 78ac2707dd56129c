import Datasets
import Execution
import GraphIR
import Reporting

/// Runs samples on one thread and times every operator.
final class OperatorTimer {
  private let interpreter: Interpreter
  private var durations: [[Duration]]
  private var runs: [[Int]]
  private var start = ContinuousClock.now

  init(_ interpreter: Interpreter) {
    self.interpreter = interpreter
    durations = interpreter.model.graphs.map { $0.nodes.map { _ in .zero } }
    runs = interpreter.model.graphs.map { $0.nodes.map { _ in 0 } }
  }

  /// The outputs of every sample.
  func run(_ samples: SampleSet, isSequence: Bool) throws(RunError) -> [[[UInt8]]] {
    let runner = ParallelRunner(threadCount: 1, isSequence: isSequence)
    let session = Session(interpreter)
    session.willRun = { [unowned self] _, _ in start = .now }
    session.didRun = { [unowned self] graph, node, _ in
      durations[graph.index][node.index] += ContinuousClock.now - start
      runs[graph.index][node.index] += 1
    }
    var results: [[[UInt8]]] = []
    for index in 0..<samples.count { results.append(try runner.run(session, samples, index)) }
    return results
  }

  /// The time of every operator that ran, in the file's order.
  var timings: [RunReport.OperatorTiming] {
    interpreter.model.graphs.enumerated().flatMap { graph, source in
      source.nodes.indices.filter { runs[graph][$0] > 0 }.map { node in
        RunReport.OperatorTiming(
          graph: graph, index: node, name: source.nodes[node].code.name, runs: runs[graph][node],
          milliseconds: durations[graph][node] / .milliseconds(1))
      }
    }
  }
}
