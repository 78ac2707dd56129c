import GraphIR
import Striping

extension StripeCandidate {
  /// Ways through the same run that take fewer bytes, each than the one before: map by map, rows are kept or made again,
  /// and rows of padding written or masked.
  func refined(in graph: Graph, _ limits: Limits) -> [StripeCandidate] {
    var found: [StripeCandidate] = []
    var current = self
    while found.count < 2 * plan.maps.count,
      let next = current.neighbors(in: graph, limits).min(by: { $0.rank < $1.rank }), next.rank < current.rank
    {
      found.append(next)
      current = next
    }
    return found
  }

  private var rank: (Int, Int) { (bytes, extraWork) }

  /// Ways that differ in one map: its rows kept or made again, its padding written or masked.
  func neighbors(in graph: Graph, _ limits: Limits) -> [StripeCandidate] {
    var found: [StripeCandidate] = []
    for map in plan.maps.indices.dropFirst().dropLast() {
      var carried = plan.maps.map(\.isCarried)
      carried[map].toggle()
      if let other = try? StripePlan(plan.run, rowsPerTurn: plan.rowsPerTurn, carried: carried),
        other.work - plan.run.work <= limits.extraWork
      {
        let source = StripeSource(other, self.source.result)
        var isMasked = form.isMasked
        for map in isMasked.indices where other.mostBorderRows(of: map) == 0 { isMasked[map] = false }
        if limits.avoidsUpdates {
          isMasked = isMasked.indices.map { other.mostBorderRows(of: $0) > 0 }
          guard isMasked.indices.allSatisfy({ isMasked[$0] ? canMask($0, graph) : true }) else { continue }
        }
        found.append(with(source, StripeForm(isMasked: isMasked), graph))
      }
      guard !limits.avoidsUpdates, plan.mostBorderRows(of: map) > 0, canMask(map, graph) else { continue }
      var isMasked = form.isMasked
      isMasked[map].toggle()
      found.append(with(source, StripeForm(isMasked: isMasked), graph))
    }
    return found
  }

  /// The same with all rows of padding written.
  func unmasked(in graph: Graph) -> StripeCandidate {
    with(source, StripeForm(isMasked: form.isMasked.map { _ in false }), graph)
  }

  private func canMask(_ map: Int, _ graph: Graph) -> Bool {
    StripeForm.mask(of: map, in: striped, graph) != nil
  }

  private func with(_ source: StripeSource, _ form: StripeForm, _ graph: Graph) -> StripeCandidate {
    StripeCandidate(nodes, striped, source, form, waiting: waiting, in: graph)
  }
}
