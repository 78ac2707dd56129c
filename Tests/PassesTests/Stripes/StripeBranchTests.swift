import GraphIR
import MemoryPlanning
import Planning
import Runtimes
import Tensors
import Testing
import _TestSupport

@testable import Passes

/// Maps that a loop could be written over, were they not read beside it.
@Suite struct StripeBranchTests {
  private static let libraries: [KernelLibrary?] = [.reference, .cmsisNN, .espNN, nil]

  /// A map that a branch with an output of its own reads, and a run of layers: in every order of both.
  private func net(_ seed: Int) -> Model {
    var net = StripeNet(height: 24, width: 16, channels: 4, seed: UInt64(seed))
    net.convolution(16, taps: 1)
    let shared = net.last.value
    func addBranch() {
      switch seed % 3 {
      case 0: net.pool(3, stride: 1, isAverage: false)
      case 1: net.convolution(12, taps: 3, stride: 2)
      default: net.activation(.relu)
      }
      net.output()
      net.select(shared)
    }
    func addRun() {
      net.add(shared, seed % 2 == 0 ? .mul : .sub)
      net.convolution(4, taps: 3, stride: 2)
    }
    if seed < 6 {
      addBranch()
      addRun()
    } else {
      addRun()
      net.output()
      net.select(shared)
      addBranch()
    }
    return net.model
  }

  @Test(arguments: 0..<12, libraries)
  func whatIsReadBesideALoopStays(_ seed: Int, _ library: KernelLibrary?) throws {
    let build = TFLMBuild(
      TFLMTarget(commonFor: library ?? .reference), safeOn: library.map { [$0] } ?? KernelLibrary.any)
    let planner = Planner(for: build)
    let model = net(seed)
    let outcome = try StripeSearch(planner, .init(extraWork: 0.3)).search(model)
    guard let best = outcome.best else { return }
    #expect(try build.faultOfOffsets(in: best.planned.model) == nil)
    #expect(PlanCheck.run(best.model, best.planned.plan) == .same(samples: 2))
    #expect(StripeCheck.run(model, best.model) == .same(samples: 2))
  }

  /// In the order of the file the branch comes first; in another the loop does.
  @Test func ordersAreJudgedAsTheyArePlanned() throws {
    let build = TFLMBuild(TFLMTarget(commonFor: .reference), safeOn: [.reference])
    for seed in 0..<6 {
      let outcome = try StripeSearch(Planner(for: build), .init(extraWork: 0.3)).search(net(seed))
      guard let striped = outcome.best?.model else { continue }
      for order in NamedOrder.allCases {
        let planned = try Planner(for: build).plannedModel(for: striped, order: order)
        #expect(try build.faultOfOffsets(in: planned.model) == nil, "\(seed), \(order)")
      }
    }
  }
}
