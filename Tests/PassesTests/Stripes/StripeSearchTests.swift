import GraphIR
import MemoryPlanning
import ModelFiles
import Planning
import Runtimes
import Tensors
import Testing
import _TestSupport

@testable import Passes

@Suite struct StripeSearchTests {
  private let planner = Planner(
    for: TFLMBuild(TFLMTarget(commonFor: .reference), safeOn: [.reference]))

  private var net: StripeNet {
    var net = StripeNet(height: 48, width: 48, channels: 3, seed: 1)
    net.convolution(8, taps: 3, stride: 2)
    net.convolution(32, taps: 1)
    net.convolution(32, taps: 3, isDepthwise: true)
    net.convolution(8, taps: 3, stride: 2)
    return net
  }

  @Test func aWideLayerInTheMiddleIsNeverWhole() throws {
    let model = net.model
    let outcome = try StripeSearch(planner, .init(extraWork: 0.2)).search(model)
    let best = try #require(outcome.best)
    #expect(best.planned.charge.headBytes * 3 < outcome.whole.charge.headBytes * 2)
    #expect(StripeCheck.run(model, best.model) == .same(samples: 2))
    #expect(
      PlanCheck.run(best.model, best.planned.plan)
        == .same(samples: 2))
    #expect(Double(best.extraWork) <= 0.2 * Double(best.work))
  }

  @Test func moreEffortIsNeverWorse() throws {
    for seed in 1...3 as ClosedRange<UInt64> {
      var net = StripeNet(height: 48, width: 48, channels: 3, seed: seed)
      net.convolution(8, taps: 3, stride: 2)
      net.convolution(24, taps: 1)
      net.convolution(24, taps: 3, isDepthwise: true)
      net.convolution(6, taps: 3, stride: 2)
      let arenas = try [PlanningEffort.Level.normal, .thorough].map { level in
        var planner = planner
        planner.effort = PlanningEffort(level)
        let found = try StripeSearch(planner, .init(extraWork: 0.3)).search(net.model)
        return (found.best?.planned ?? found.whole).charge.arenaBytes
      }
      #expect(arenas[1] <= arenas[0], "seed \(seed)")
    }
  }

  @Test func theWrittenPlanIsTakenForRight() throws {
    let outcome = try StripeSearch(planner, .init(extraWork: 0.2)).search(net.model)
    let best = try #require(outcome.best)
    #expect(try planner.runtime.faultOfOffsets(in: best.planned.model) == nil)
  }

  /// Each carried value has one address in all graphs of its loop, and what a turn makes stands where it ends up: TFLM
  /// copies nothing but rows.
  @Test(arguments: [nil, "2025-11"]) func carriedTensorsStayInPlace(_ month: String?) throws {
    let options = StripeSearch.Options(extraWork: 0.2, runtimeBefore: month)
    let best = try #require(try StripeSearch(planner, options).search(net.model).best)
    var offsets: [Plan.Content: Int] = [:]
    for buffer in best.planned.plan.buffers { offsets[buffer.content] = buffer.offset }
    func offset(_ graph: GraphID, _ value: ValueID?) -> Int? {
      guard let value else { return nil }
      return offsets[Plan.Content.tensor(graph, value)]
    }
    var judged = 0
    for node in best.model.graphs[0].nodes where node.code.builtin == .while {
      let (condition, body) = (node.calledGraphs[0], node.calledGraphs[1])
      let (conditions, inside) = (best.model.graphs[condition.index], best.model.graphs[body.index])
      for position in node.inputs.indices {
        var found: [Int?] = [offset(GraphID(0), node.inputs[position])]
        found.append(offset(GraphID(0), node.outputs[position]))
        found.append(offset(condition, conditions.inputs[position]))
        found.append(offset(body, inside.inputs[position]))
        found.append(offset(body, inside.outputs[position]))
        let known = found.compactMap(\.self)
        #expect(known.count >= 4 && Set(known).count == 1, "position \(position)")
        judged += 1
      }
      let stored = try #require(
        inside.nodes.first { inside[$0.outputs[0]].name?.hasSuffix("/stored") == true })
      let whole = try #require(offset(body, stored.outputs[0]))
      #expect(offset(body, stored.inputs[0]) == whole)
    }
    #expect(judged >= 3)
  }

  @Test func aStripedModelIsLeftAlone() throws {
    let outcome = try StripeSearch(planner, .init(extraWork: 0.2)).search(net.model)
    let again = try StripeSearch(planner).search(try #require(outcome.best).planned.model)
    #expect(again.best == nil)
    #expect(again.reason == "the model has loops over stripes already")
  }

  @Test func whatStandsInTheWayIsSaid() throws {
    var net = StripeNet(height: 16, width: 16, channels: 8, seed: 2)
    net.softmax()
    let outcome = try StripeSearch(planner).search(net.model)
    #expect(outcome.best == nil)
    #expect(outcome.reason?.contains("SOFTMAX") == true)
  }

  @Test func aLimitThatCannotBeMetIsSaid() throws {
    let outcome = try StripeSearch(planner, .init(extraWork: 0)).search(net.model)
    #expect(outcome.best == nil)
    #expect(outcome.reason?.contains("over the limit") == true)
  }

  @Test(.enabled(if: RealModels.isAvailable)) func visualWakeWordsTakeLess() throws {
    let entry = try #require(RealModels.all.first { $0.path.hasSuffix("/vww_96_int8.tflite") })
    let outcome = try StripeSearch(planner, .init(extraWork: 0.02)).search(ModelFile.read(path: entry.path))
    #expect(try #require(outcome.best).planned.charge.headBytes <= 28_160)
  }
}
