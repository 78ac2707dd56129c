import Datasets
import Execution
package import GraphIR
import Operators
import Tensors

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
  /// - Parameter most: how many inputs; 0 only to see whether nnopt can run the model. A large model without state gets one:
  ///   what overlaps does not depend on numbers.
  package static func run(_ model: Model, _ plan: Plan, samples most: Int = 2) -> Outcome {
    let count = isLarge(model) && !keepsState(model) ? min(most, 1) : most
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
        // Loops may turn as often as a number says.
        if expected.turnWork > manySteps { return .same(samples: sample + 1) }
      }
      return .same(samples: count)
    } catch {
      return .notRun("\(error)")
    }
  }

  /// Products of a run above which one input is enough.
  private static let manyProducts = 10_000_000
  /// Steps of turns in a run behind which none follows.
  private static let manySteps = 1 << 26

  private static func isLarge(_ model: Model) -> Bool {
    var products = 0
    for graph in model.graphs {
      for node in graph.nodes {
        products = products.saturatingAdd(max(0, Registry.multiplyAccumulates(of: node, in: graph)))
      }
    }
    return products > manyProducts
  }

  /// Whether a run may depend on the one before.
  private static func keepsState(_ model: Model) -> Bool {
    model.graphs.contains { graph in
      graph.values.contains(where: \.isVariable)
        || graph.nodes.contains { [.varHandle, .callOnce, .custom].contains($0.code.builtin) }
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

    /// What turns of loops took in the last run, in steps.
    var turnWork: Int { session.workSpent - session.interpreter.work }

    func run(_ inputs: [[UInt8]]) throws(ExecutionError) -> [Step] {
      steps = []
      _ = try session.run(inputs)
      return steps
    }

    /// A hash in the manner of FNV-1a (Fowler, Noll, Vo 1991), of eight bytes at a time.
    private static func hash(_ memory: TensorMemory, _ start: UInt64) -> UInt64 {
      let bytes = memory.elementType.withOneNaN(memory.elements(UInt8.self).array())
      return unsafe bytes.withUnsafeBytes { bytes in
        var hash = start
        for place in stride(from: 0, to: bytes.count & ~7, by: 8) {
          hash =
            unsafe (hash ^ bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)) &* 0x100_0000_01B3
          hash ^= hash >> 32
        }
        for place in bytes.count & ~7..<bytes.count {
          hash = unsafe (hash ^ UInt64(bytes[place])) &* 0x100_0000_01B3
        }
        return hash
      }
    }
  }
}
