import GraphIR
import Striping

/// A run of nodes and a way to go through it in stripes.
struct StripeCandidate {
  let nodes: Range<Int>
  let striped: StripedRun
  let source: StripeSource
  let form: StripeForm
  /// Estimated bytes of the loop, with what waits for later nodes.
  let bytes: Int
  /// Bytes of what is made before the nodes, or comes in, and is read behind them.
  let waiting: Int
  /// About what the loop adds to the tail.
  let tailBytes: Int
  /// The node at which most bytes are in use.
  let peakNode: Int
  let extraWork: Int

  var plan: StripePlan { source.plan }

  /// By what two ways through runs of a graph are told apart.
  var key: String {
    "\(nodes) \(source.result) \(source.rows) \(striped.sourceColumns) \(striped.axes) \(form.isMasked) \(plan.csv)"
  }

  init(
    _ nodes: Range<Int>, _ striped: StripedRun, _ source: StripeSource, _ form: StripeForm, waiting: Int,
    in graph: Graph
  ) {
    let estimate = StripeEstimate(striped, source, form, in: graph)
    (self.nodes, self.striped, self.source, self.form) = (nodes, striped, source, form)
    self.waiting = waiting
    bytes = estimate.bytes + waiting
    tailBytes = estimate.tailBytes
    peakNode = striped.layers[estimate.peakLayer].node.index
    extraWork = source.plan.work - striped.run.work
  }

  /// What limits candidates.
  struct Limits {
    var extraWork = Int.max
    /// Whether TFLM may lack DYNAMIC_UPDATE_SLICE.
    var avoidsUpdates = false
  }

  /// All candidates of a graph, by the node at which they start.
  static func all(of graph: Graph, layers: StripedLayers, _ limits: Limits = Limits()) -> [StripeCandidate] {
    var found: [StripeCandidate] = []
    let lives = ValueLives(graph)
    for first in graph.nodes.indices {
      for last in first..<graph.nodes.count {
        guard layers.isPossible(last) else { break }
        let nodes = first..<(last + 1)
        guard let striped = try? StripedRun(nodes, in: graph, layers) else { continue }
        let waiting = lives.bytes(across: nodes, without: striped.values[0])
        let least = striped.run.leastRows
        for times in [1, 2, 4] {
          found += forms(nodes, striped, rows: least * times, graph, waiting, limits)
        }
      }
    }
    return found
  }

  private static func forms(
    _ nodes: Range<Int>, _ striped: StripedRun, rows: Int, _ graph: Graph, _ waiting: Int, _ limits: Limits
  ) -> [StripeCandidate] {
    var found: [StripeCandidate] = []
    for carried in Set([striped.allCarried, striped.thinCarried(graph), striped.noneCarried]).sorted(by: {
      $0.count(where: { $0 }) > $1.count(where: { $0 })
    }) {
      guard let plan = try? StripePlan(striped.run, rowsPerTurn: rows, carried: carried),
        plan.turns > 1, plan.work - striped.run.work <= limits.extraWork
      else { continue }
      let mayLieOnSource = striped.mayLieOnSource(nodes, in: graph)
      // FILL has no int16: a result of its own would be a constant.
      let mayStandApart = graph[striped.values[plan.run.sink]].elementType != .int16
      for result in StripeSource.Result.allCases where result.isMoving == limits.avoidsUpdates {
        guard result.isOnSource ? mayLieOnSource : mayStandApart,
          !result.isMoving || plan.rowsPerTurn < plan.run.maps[plan.run.sink].height
        else { continue }
        let source = StripeSource(plan, result)
        found += written(nodes, striped, source, graph, waiting, limits)
      }
    }
    return found
  }

  /// With rows of padding written, and with masks where a row is long.
  private static func written(
    _ nodes: Range<Int>, _ striped: StripedRun, _ source: StripeSource, _ graph: Graph, _ waiting: Int,
    _ limits: Limits
  ) -> [StripeCandidate] {
    let plan = source.plan
    let maps = plan.maps.indices
    let bordered = maps.map { plan.mostBorderRows(of: $0) > 0 }
    let maskable = maps.map { bordered[$0] && StripeForm.mask(of: $0, in: striped, graph) != nil }
    if limits.avoidsUpdates, bordered != maskable { return [] }
    return
      (limits.avoidsUpdates
      ? [maskable]
      : Array(Set([bordered.map { _ in false }, maskable]))
        .sorted { !$0.contains(true) && $1.contains(true) })
      .map { masked in
        StripeCandidate(
          nodes, striped, source, StripeForm(isMasked: masked), waiting: waiting, in: graph)
      }
  }
}

/// Between which nodes of a graph its values are in use.
private struct ValueLives {
  private struct Life {
    let value: ValueID
    /// The node behind which it is there; -1 for what comes in.
    let begin: Int
    /// The last node that reads it; none behind it for what goes out.
    let end: Int
    let bytes: Int
  }

  /// By rising begin.
  private let lives: [Life]

  init(_ graph: Graph) {
    var ends = [Int](repeating: -1, count: graph.values.count)
    for (index, node) in graph.nodes.enumerated() {
      for input in node.inputs.compactMap(\.self) { ends[input.index] = index }
    }
    for output in graph.outputs.compactMap(\.self) { ends[output.index] = .max }
    func lives(_ values: [ValueID], from begin: Int) -> [Life] {
      values.map {
        Life(value: $0, begin: begin, end: ends[$0.index], bytes: graph[$0].byteCount.roundedUp(to: 16))
      }
    }
    self.lives =
      lives(graph.inputs.compactMap(\.self), from: -1)
      + graph.nodes.enumerated().flatMap { lives($1.outputs, from: $0) }
  }

  /// Bytes of what is made before some nodes, or comes in, and is read behind them.
  func bytes(across nodes: Range<Int>, without value: ValueID) -> Int {
    var bytes = 0
    for life in lives {
      if life.begin >= nodes.lowerBound { break }
      if life.end >= nodes.upperBound, life.value != value { bytes += life.bytes }
    }
    return bytes
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
    guard let sink = values.last, graph[source].elementType == graph[sink].elementType,
      isContiguous(0, in: graph), isContiguous(run.sink, in: graph)
    else { return false }
    return !graph.outputs.contains(source)
      && !graph.nodes[nodes.upperBound...].contains { $0.inputs.contains(source) }
  }
}
