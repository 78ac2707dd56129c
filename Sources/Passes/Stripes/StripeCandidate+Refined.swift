import GraphIR
import Striping

extension StripeCandidate {
  /// Ways through the same run that take less, each than the one before: map by map, rows are kept or made again, made
  /// as soon as they can be or as late, and rows of padding written or masked; columns beside the source are there from
  /// the start or made turn by turn. First those that take fewer bytes in the loop, then those that take fewer with the
  /// loop's tail.
  ///
  /// - Parameter least: bytes below which the loop need not go, since more are in use elsewhere.
  func refined(in graph: Graph, _ limits: Limits, downTo least: Int = 0) -> [StripeCandidate] {
    let narrow = climbing(in: graph, limits) { $0.bytes }
    return narrow + climbing(in: graph, limits) { max($0.bytes, least) + $0.tailBytes }
  }

  /// From neighbor to neighbor, the best each time, as long as that takes less.
  private func climbing(
    in graph: Graph, _ limits: Limits, _ cost: (StripeCandidate) -> Int
  ) -> [StripeCandidate] {
    var found: [StripeCandidate] = []
    var current = self
    func rank(_ candidate: StripeCandidate) -> (Int, Int) { (cost(candidate), candidate.extraWork) }
    while found.count < 2 * plan.maps.count,
      let next = current.neighbors(in: graph, limits).min(by: { rank($0) < rank($1) }),
      rank(next) < rank(current)
    {
      found.append(next)
      current = next
    }
    return found
  }

  /// Ways that differ in one map, or in where the source's columns of padding come from.
  func neighbors(in graph: Graph, _ limits: Limits) -> [StripeCandidate] {
    var found: [StripeCandidate] = []
    for map in plan.maps.indices.dropFirst().dropLast() {
      var carried = plan.maps.map(\.isCarried)
      carried[map].toggle()
      found += with(carried: carried, lags: plan.lags, in: graph, limits).map { [$0] } ?? []
      for lag in lagsBeside(map) {
        var lags = plan.lags
        lags[map] = lag
        found += with(carried: plan.maps.map(\.isCarried), lags: lags, in: graph, limits).map { [$0] } ?? []
      }
      guard !limits.avoidsUpdates, plan.mostBorderRows(of: map) > 0, canMask(map, graph) else { continue }
      var isMasked = form.isMasked
      isMasked[map].toggle()
      found.append(with(striped, source, StripeForm(isMasked: isMasked), graph))
    }
    return found + (widened(in: graph).map { [$0] } ?? [])
  }

  /// Other lags of a map: a row more or less, as much as its readers let it have, none.
  private func lagsBeside(_ map: Int) -> [Int] {
    let (lag, slack) = (plan.lags[map], plan.slack(of: map))
    let more = slack > 0 ? [lag + 1, lag + slack] : []
    return Set(more + (lag > 0 ? [lag - 1, 0] : [])).sorted()
  }

  /// The same with all rows of padding written.
  func unmasked(in graph: Graph) -> StripeCandidate {
    with(striped, source, StripeForm(isMasked: form.isMasked.map { _ in false }), graph)
  }

  /// The same with columns of padding beside the source from the start, where it is padded anyway.
  private func widened(in graph: Graph) -> StripeCandidate? {
    guard !source.isPlain, let wide = striped.withWideSource(in: graph),
      let other = try? StripePlan(
        wide.run, rowsPerTurn: plan.rowsPerTurn, carried: plan.maps.map(\.isCarried), lags: plan.lags)
    else { return nil }
    return with(wide, StripeSource(other, source.result), form, graph)
  }

  /// nil where that makes too much work, or rows of padding that cannot be made.
  private func with(
    carried: [Bool], lags: [Int], in graph: Graph, _ limits: Limits
  ) -> StripeCandidate? {
    guard
      let other = try? StripePlan(plan.run, rowsPerTurn: plan.rowsPerTurn, carried: carried, lags: lags),
      other.work - plan.run.work <= limits.extraWork
    else { return nil }
    var isMasked = form.isMasked
    for map in isMasked.indices where other.mostBorderRows(of: map) == 0 { isMasked[map] = false }
    if limits.avoidsUpdates {
      isMasked = isMasked.indices.map { other.mostBorderRows(of: $0) > 0 }
      guard isMasked.indices.allSatisfy({ isMasked[$0] ? canMask($0, graph) : true }) else { return nil }
    }
    return with(striped, StripeSource(other, source.result), StripeForm(isMasked: isMasked), graph)
  }

  private func canMask(_ map: Int, _ graph: Graph) -> Bool {
    StripeForm.mask(of: map, in: striped, graph) != nil
  }

  private func with(
    _ striped: StripedRun, _ source: StripeSource, _ form: StripeForm, _ graph: Graph
  ) -> StripeCandidate {
    StripeCandidate(nodes, striped, source, form, waiting: waiting, in: graph)
  }
}
