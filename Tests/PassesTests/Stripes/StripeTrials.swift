import GraphIR
import Tensors
import Testing

@testable import Passes
@testable import Striping

/// Writes runs of a net in all the ways there are, and compares the answers with the net's.
enum StripeTrials {
  /// Every run of a net, in turns of several numbers of rows, with maps kept, in part, or not.
  static func candidates(
    _ model: Model, _ direction: StripeAxes.Direction = .rows, avoidsUpdates: Bool = false
  ) -> [StripeCandidate] {
    let graph = model.graphs[0]
    var limits = StripeCandidate.Limits()
    limits.avoidsUpdates = avoidsUpdates
    return StripeCandidate.all(of: graph, layers: StripedLayers(graph, direction), limits)
  }

  static func striped(_ candidate: StripeCandidate, _ model: Model) -> Model {
    var result = model
    StripeWriter.write(candidate, named: "s", into: &result)
    StripeWriter.dropUnused(in: &result)
    return result
  }

  /// How many numbers a row of a loop's table has that ends with the next turn's counter; nil where it does not.
  static func rowWidth(of table: [Int32]) -> Int? {
    (2...max(2, table.count)).first { width in
      table.count.isMultiple(of: width)
        && stride(from: width, through: table.count, by: width).allSatisfy { table[$0 - 1] == Int32($0) }
    }
  }

  /// - Parameters:
  ///   - count: candidates that there must be at least.
  ///   - most: candidates that are tried, evenly taken from all.
  static func expectSameAnswers(
    _ model: Model, atLeast count: Int, atMost most: Int = .max, _ direction: StripeAxes.Direction = .rows,
    avoidsUpdates: Bool = false, _ location: SourceLocation = #_sourceLocation
  ) {
    let all = candidates(model, direction, avoidsUpdates: avoidsUpdates)
    #expect(all.count >= count, sourceLocation: location)
    let step = max(1, all.count / most)
    for candidate in stride(from: 0, to: all.count, by: step).map({ all[$0] }) {
      let text =
        "nodes \(candidate.nodes), \(candidate.plan.rowsPerTurn) rows, \(candidate.source.result), "
        + "\(candidate.form), \(candidate.plan.maps.map { [$0.rate, $0.delay, $0.history] })"
      #expect(
        StripeJudge.fault(of: candidate.plan, candidate.source) == nil, "\(text)", sourceLocation: location)
      let result = striped(candidate, model)
      #expect(
        GraphVerifier.forUse.firstProblem(in: result) == nil, "\(text)", sourceLocation: location)
      #expect(
        StripeCheck.run(model, result) == .same(samples: 2), "\(text)", sourceLocation: location)
      let usesUpdates = result.graphs.contains { graph in
        graph.nodes.contains { $0.code.builtin == .dynamicUpdateSlice }
      }
      #expect(!(avoidsUpdates && usesUpdates), sourceLocation: location)
    }
  }
}
