import GraphIR
import Striping

/// A run of nodes and a way to go through it in stripes.
struct StripeCandidate {
  let nodes: Range<Int>
  let striped: StripedRun
  let plan: StripePlan
  let source: StripeSource
  /// Estimated bytes of the loop, with what waits for later nodes.
  let bytes: Int
  let extraWork: Int

  /// All candidates of a graph, by the node at which they start.
  static func all(
    of graph: Graph, layers: StripedLayers, workLimit: Int, rows: [Int] = [1, 2, 4]
  ) -> [StripeCandidate] {
    var found: [StripeCandidate] = []
    for first in graph.nodes.indices {
      for last in first..<graph.nodes.count {
        guard layers.isPossible(last) else { break }
        let nodes = first..<(last + 1)
        guard let striped = try? StripedRun(nodes, in: graph, layers) else { continue }
        let waiting = waitingBytes(nodes, striped, graph)
        for count in rows {
          found += forms(nodes, striped, rows: count, graph, waiting, workLimit)
        }
      }
    }
    return found
  }

  private static func forms(
    _ nodes: Range<Int>, _ striped: StripedRun, rows: Int, _ graph: Graph, _ waiting: Int, _ workLimit: Int
  ) -> [StripeCandidate] {
    var found: [StripeCandidate] = []
    for carried in Set([striped.allCarried, striped.thinCarried(graph), striped.noneCarried]).sorted(by: {
      $0.count(where: { $0 }) > $1.count(where: { $0 })
    }) {
      guard let plan = try? StripePlan(striped.run, rowsPerTurn: rows, carried: carried),
        plan.turns > 1, plan.work - striped.run.work <= workLimit
      else { continue }
      let mayStandApart = graph[striped.values[0]].elementType != .int16
      let places = (striped.mayLieOnSource(nodes, in: graph) ? [true] : []) + (mayStandApart ? [false] : [])
      for isUnderResult in places {
        let source = StripeSource(plan, isUnderResult: isUnderResult)
        let estimate = StripeEstimate(striped, plan, source, in: graph)
        found.append(
          StripeCandidate(
            nodes: nodes, striped: striped, plan: plan, source: source, bytes: estimate.bytes + waiting,
            extraWork: plan.work - striped.run.work))
      }
    }
    return found
  }

  /// Bytes of what is made before the nodes, or comes in, and is read behind them.
  private static func waitingBytes(_ nodes: Range<Int>, _ striped: StripedRun, _ graph: Graph) -> Int {
    let before = graph.inputs.compactMap(\.self) + graph.nodes[..<nodes.lowerBound].flatMap(\.outputs)
    return before.filter { value in
      value != striped.values[0]
        && (graph.outputs.contains(value)
          || graph.nodes[nodes.upperBound...].contains { $0.inputs.contains(value) })
    }.reduce(0) { $0 + graph[$1].byteCount.roundedUp(to: 16) }
  }
}

extension StripedRun {
  var allCarried: [Bool] { values.map { _ in true } }
  var noneCarried: [Bool] { values.map { _ in false } }

  /// All kept but the results of 1×1 convolutions that are wider than what they read.
  func thinCarried(_ graph: Graph) -> [Bool] {
    values.indices.map { map in
      guard map > 0, let input = run.layers[map - 1].inputs.first else { return true }
      let isCheap = run.layers[map - 1].window.extent == 1 && run.layers[map - 1].inputs.count == 1
      return !(isCheap && run.maps[map].rowBytes > run.maps[input].rowBytes)
    }
  }

  /// Whether the result may be written over the source: nobody else needs it.
  func mayLieOnSource(_ nodes: Range<Int>, in graph: Graph) -> Bool {
    let source = values[0]
    guard let sink = values.last, graph[source].elementType == graph[sink].elementType else { return false }
    return !graph.outputs.contains(source)
      && !graph.nodes[nodes.upperBound...].contains { $0.inputs.contains(source) }
  }
}
