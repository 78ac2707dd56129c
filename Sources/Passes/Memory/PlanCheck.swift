import Execution
package import GraphIR

/// Shows that a plan changes no answer: runs the model inside the planned arena, and with memory of its own for
/// every tensor.
package enum PlanCheck {
  package enum Outcome: Sendable, Equatable {
    case same(samples: Int)
    /// The first output that differs.
    case differs(output: Int, sample: Int)
    /// nnopt cannot run the model, and why.
    case notRun(String)
  }

  /// Compares outputs byte by byte on seeded random inputs.
  package static func run(_ model: Model, _ plan: MemoryPlan, samples count: Int = 2) -> Outcome {
    do {
      let samples = try SampleSet.random(for: model, count: count, seed: 1)
      let layout = plan.arenaLayout(valueCounts: model.graphs.map(\.values.count))
      let expected = try outputs(of: Interpreter(model), samples)
      let planned = try outputs(of: Interpreter(model, layout: layout), samples)
      for (sample, (one, two)) in zip(expected, planned).enumerated() {
        if let output = one.indices.first(where: { one[$0] != two[$0] }) {
          return .differs(output: output, sample: sample)
        }
      }
      return .same(samples: count)
    } catch {
      return .notRun("\(error)")
    }
  }

  private static func outputs(of interpreter: Interpreter, _ samples: SampleSet) throws -> [[[UInt8]]] {
    try ParallelRunner(threadCount: 1, isSequence: true).run(interpreter, samples) {
      _, outputs throws(RunError) in outputs
    }
  }
}
