import Datasets
import Execution
package import GraphIR

/// Shows that loops over stripes change no answer: runs both models, and compares what they give byte by byte.
package enum StripeCheck {
  package enum Outcome: Sendable, Equatable {
    case same(samples: Int)
    /// The first sample for which the answers differ.
    case differs(sample: Int)
    /// nnopt cannot run the model, and why.
    case notRun(String)
  }

  /// - Parameter count: seeded random inputs that follow each other.
  package static func run(_ model: Model, _ striped: Model, samples count: Int = 2) -> Outcome {
    do {
      let samples = try SampleSet.random(for: model, count: count, seed: 1)
      let one = Session(try Interpreter(model))
      let two = Session(try Interpreter(striped))
      let types = model.graphs[0].outputs.map { $0.map { model.graphs[0][$0].elementType } ?? .uint8 }
      for number in 0..<count {
        let inputs = try samples.sample(number)
        let (expected, found) = (try one.run(inputs), try two.run(inputs))
        let isSame = zip(types, zip(expected, found)).allSatisfy { type, pair in
          pair.0 == pair.1 || type.withOneNaN(pair.0) == type.withOneNaN(pair.1)
        }
        if !isSame { return .differs(sample: number) }
      }
      return .same(samples: count)
    } catch {
      return .notRun("\(error)")
    }
  }
}
