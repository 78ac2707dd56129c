import Datasets
import Execution
package import GraphIR
import Operators

/// Shows that a plan changes no answer: runs the model inside the planned arena, and with memory of its own for
/// every tensor.
package enum PlanCheck {
  package enum Outcome: Sendable, Equatable {
    case same(samples: Int)
    /// The first operator whose output differs, such as `operator 12 (PAD)`.
    case differs(operator: String, sample: Int)
    /// nnopt cannot run the model, and why.
    case notRun(String)
  }

  /// Compares what every operator writes, byte by byte, on seeded random inputs that follow each other.
  ///
  /// - Parameter count: how many inputs; 0 only to see whether nnopt can run the model.
  package static func run(_ model: Model, _ plan: Plan, samples count: Int = 2) -> Outcome {
    for graph in model.graphs {
      guard let (node, value) = graph.firstUnwrittenOperand else { continue }
      return .notRun(
        "\(graph.title(of: node)) reads \(graph.title(of: value)), which nothing writes: what it holds is not defined"
      )
    }
    do {
      let samples = try SampleSet.random(for: model, count: max(count, 1), seed: 1)
      let layout = plan.arenaLayout(for: model)
      let separate = ArenaLayout(
        orders: plan.orders, offsets: ArenaLayout.separate(model).offsets, byteCount: 0)
      let expected = Recording(try Interpreter(model, layout: separate))
      let planned = Recording(try Interpreter(model, layout: layout))
      for sample in 0..<count {
        let inputs = try samples.sample(sample)
        let one = try expected.run(inputs)
        let two = try planned.run(inputs)
        if let step = one.indices.first(where: { $0 >= two.count || one[$0].hash != two[$0].hash }) {
          let (graph, node) = (one[step].graph, one[step].node)
          return .differs(operator: model.graphs[graph.index].title(of: node), sample: sample)
        }
      }
      return .same(samples: count)
    } catch {
      return .notRun("\(error)")
    }
  }

  /// A session that keeps a hash of what every node writes.
  private final class Recording {
    typealias Step = (graph: GraphID, node: NodeID, hash: UInt64)
    private let session: Session
    private var steps: [Step] = []

    init(_ interpreter: Interpreter) {
      session = Session(interpreter)
      let read = interpreter.model.graphs.map(Self.isRead)
      session.didRun = { [unowned self] graph, node, outputs in
        let numbers = interpreter.model.graphs[graph.index][node].outputs
        let kept = zip(numbers, outputs).filter { read[graph.index][$0.0.index] }
        steps.append((graph, node, kept.reduce(0xCBF2_9CE4_8422_2325) { Self.hash($1.1, $0) }))
      }
    }

    /// Whether somebody reads a value; what a plan leaves of the others does not matter.
    private static func isRead(in graph: Graph) -> [Bool] {
      var isRead = [Bool](repeating: false, count: graph.values.count)
      for value in graph.nodes.flatMap(\.inputs) + graph.outputs {
        if let value { isRead[value.index] = true }
      }
      return isRead
    }

    func run(_ inputs: [[UInt8]]) throws(ExecutionError) -> [Step] {
      steps = []
      _ = try session.run(inputs)
      return steps
    }

    /// FNV-1a (Fowler, Noll, Vo 1991).
    private static func hash(_ memory: TensorMemory, _ start: UInt64) -> UInt64 {
      memory.elements(UInt8.self).array().reduce(start) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
  }
}
