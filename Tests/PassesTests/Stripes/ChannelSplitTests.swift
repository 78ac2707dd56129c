import GraphIR
import Planning
import Runtimes
import Tensors
import Testing
import _TestSupport

@testable import Passes
@testable import Striping

@Suite struct ChannelSplitTests {
  /// A narrow map, a wide one, and a layer that works on each of its channels by itself.
  private func net(_ type: ElementType, hasPad: Bool, stride: Int = 1) -> StripeNet {
    var net = StripeNet(height: 24, width: 12, channels: 4, type, seed: 21)
    net.convolution(31, taps: 1)
    if hasPad { net.pad() }
    net.convolution(0, taps: 3, stride: stride, isSame: !hasPad, isDepthwise: true)
    net.convolution(4, taps: 1)
    return net
  }

  @Test(arguments: [ElementType.int8, .int16, .float32], [false, true])
  func partsGiveTheSameAnswers(_ type: ElementType, _ hasPad: Bool) throws {
    let model = net(type, hasPad: hasPad).model
    let graph = model.graphs[0]
    for node in graph.nodes.indices.dropLast() {
      let split = try #require(ChannelSplit(through: node, of: graph, ValueUses(graph)))
      #expect(split.nodes == Array(graph.nodes.indices.dropLast()))
      for parts in 2...4 {
        let applied = try #require(split.applied(parts: parts, to: graph))
        #expect(applied.origins.count == applied.graph.nodes.count)
        var other = model
        other.replace(GraphID(0), with: applied.graph)
        #expect(GraphVerifier.forUse.firstProblem(in: other) == nil)
        #expect(StripeCheck.run(model, other) == .same(samples: 2), "\(parts) parts")
      }
    }
  }

  /// In stripes, too; parts are joined by channels.
  @Test(arguments: [ElementType.int8, .float32], [1, 2])
  func partsInStripesGiveTheSameAnswers(_ type: ElementType, _ stride: Int) throws {
    let model = net(type, hasPad: false, stride: stride).model
    let graph = model.graphs[0]
    let split = try #require(
      ChannelSplit(through: 1, of: graph, ValueUses(graph))?.applied(parts: 2, to: graph))
    var other = model
    other.replace(GraphID(0), with: split.graph)
    StripeTrials.expectSameAnswers(other, atLeast: 6, atMost: 30)
  }

  @Test func whatMixesChannelsIsNoSuchChain() {
    var net = StripeNet(height: 8, width: 8, channels: 4, seed: 22)
    net.convolution(8, taps: 3)
    net.convolution(8, taps: 3)
    let graph = net.model.graphs[0]
    #expect(graph.nodes.indices.allSatisfy { ChannelSplit(through: $0, of: graph, ValueUses(graph)) == nil })
    var read = self.net(.int8, hasPad: false)
    read.select(read.maps[0].value)
    read.convolution(2, taps: 1)
    #expect(ChannelSplit(through: 1, of: read.model.graphs[0], ValueUses(read.model.graphs[0])) == nil)
  }
}

@Suite struct StripeRefinementTests {
  private let planner = Planner(for: TFLMBuild(TFLMTarget(commonFor: .reference), safeOn: [.reference]))

  private var net: StripeNet {
    var net = StripeNet(height: 48, width: 48, channels: 3, seed: 23)
    net.convolution(8, taps: 3)
    net.convolution(48, taps: 1)
    net.convolution(0, taps: 3, stride: 2, isDepthwise: true)
    net.convolution(8, taps: 1)
    net.convolution(8, taps: 3, stride: 2)
    return net
  }

  /// Every way through a run that is said to take fewer bytes gives the same answers.
  @Test func refinedWaysGiveTheSameAnswers() throws {
    let model = net.model
    let graph = model.graphs[0]
    var limits = StripeCandidate.Limits()
    limits.extraWork = 3_000_000
    for avoidsUpdates in [false, true] {
      limits.avoidsUpdates = avoidsUpdates
      let all = StripeCandidate.all(of: graph, layers: StripedLayers(graph), limits)
      let longest = all.filter { $0.nodes == 0..<5 && $0.plan.rowsPerTurn == 1 }
      var last = 0
      for candidate in longest {
        for refined in candidate.refined(in: graph, limits) {
          #expect(
            refined.bytes < candidate.bytes
              || refined.bytes + refined.tailBytes <= candidate.bytes + candidate.tailBytes)
          #expect(refined.extraWork <= limits.extraWork)
          #expect(StripeJudge.fault(of: refined.plan, refined.source) == nil)
          #expect(StripeCheck.run(model, StripeTrials.striped(refined, model)) == .same(samples: 2))
          last += 1
        }
      }
      #expect(last > 0)
    }
  }

  /// A branch that waits for another, which may be made as soon as it can be or as late; columns beside the source.
  private func branches(_ type: ElementType) -> Model {
    var net = StripeNet(height: 16, width: 8, channels: 3, type, seed: 24)
    net.convolution(4, taps: 3)
    let first = net.last.value
    net.convolution(6, taps: 1, stride: 2)
    let shortcut = net.last.value
    net.select(first)
    net.convolution(6, taps: 3, stride: 2)
    net.convolution(6, taps: 3)
    net.add(shortcut)
    net.convolution(4, taps: 3)
    return net.model
  }

  /// Every neighbor of every way gives the same answers: rows kept or not, late or not, masks or not, a wide source.
  @Test(arguments: [ElementType.int8, .int16, .float32], [false, true])
  func neighborsGiveTheSameAnswers(_ type: ElementType, _ avoidsUpdates: Bool) throws {
    let model = branches(type)
    let graph = model.graphs[0]
    var limits = StripeCandidate.Limits()
    limits.avoidsUpdates = avoidsUpdates
    var (late, wide, judged) = (0, 0, 0)
    let all = StripeTrials.candidates(model, avoidsUpdates: avoidsUpdates).filter { $0.nodes == 0..<6 }
    for candidate in all {
      for other in candidate.neighbors(in: graph, limits) {
        late += other.plan.lags.contains { $0 > 0 } ? 1 : 0
        wide += other.striped.sourceColumns == (0, 0) ? 0 : 1
        judged += 1
        let isRare = other.plan.lags.contains { $0 > 0 } || other.striped.sourceColumns != (0, 0)
        guard isRare || judged % 5 == 0 else { continue }
        #expect(StripeJudge.fault(of: other.plan, other.source) == nil, "\(other.key)")
        let striped = StripeTrials.striped(other, model)
        #expect(GraphVerifier.forUse.firstProblem(in: striped) == nil, "\(other.key)")
        #expect(StripeCheck.run(model, striped) == .same(samples: 2), "\(other.key)")
      }
    }
    #expect(late > 0 && wide > 0)
  }

  /// A branch that is made late keeps no rows, and takes less.
  @Test func aLateBranchKeepsNothing() throws {
    let model = branches(.int8)
    let graph = model.graphs[0]
    let all = StripeTrials.candidates(model).filter { $0.nodes == 0..<6 && $0.plan.rowsPerTurn == 1 }
    let early = try #require(all.first { $0.plan.maps[2].keptRows > 0 })
    let refined = early.refined(in: graph, .init())
    #expect(
      refined.contains { $0.plan.lags[2] > 0 && $0.plan.maps[2].keptRows < early.plan.maps[2].keptRows })
  }

  @Test func partsOfWideLayersTakeLess() throws {
    let outcome = try StripeSearch(planner, .init(extraWork: 0.2)).search(net.model)
    let best = try #require(outcome.best)
    #expect(StripeCheck.run(net.model, best.model) == .same(samples: 2))
    #expect(best.splits.allSatisfy { $0.parts > 1 && $0.first.contains("CONV_2D") })
  }

  @Test func bytesDoNotDependOnThreads() throws {
    let models = try [1, 2].map { threads in
      var options = StripeSearch.Options(extraWork: 0.2)
      options.threadCount = threads
      return try #require(try StripeSearch(planner, options).search(net.model).best).planned
    }
    #expect(models[0].model.graphs.map(\.nodes) == models[1].model.graphs.map(\.nodes))
    let plans = models.map { $0.model.metadata?.map { Array($0.data.bytes) } }
    #expect(plans[0]?.isEmpty == false && plans[0] == plans[1])
  }

  /// For a TFLM without DYNAMIC_UPDATE_SLICE, nothing of the file needs it.
  @Test func olderRuntimesGetOtherOperators() throws {
    let options = StripeSearch.Options(extraWork: 0.2, runtimeBefore: "2025-11")
    let best = try #require(try StripeSearch(planner, options).search(net.model).best)
    #expect(OperatorArrivals.month(in: best.model) == nil)
    #expect(StripeCheck.run(net.model, best.model) == .same(samples: 2))
    #expect(PlanCheck.run(best.model, best.planned.plan) == .same(samples: 2))
    let newer = StripeSearch.Options(extraWork: 0.2, runtimeBefore: "2026-01")
    let other = try #require(try StripeSearch(planner, newer).search(net.model).best)
    #expect(OperatorArrivals.month(in: other.model) == "2025-11")
  }
}
