import GraphIR
import MemoryPlanning
import Planning
import Runtimes
import Tensors
import Testing
import _TestSupport

@testable import Passes

/// More freedom never gives a larger arena: kernels that allow more overlaps, a larger limit of extra work, more effort,
/// stripes beside none. On TFLM of today and on one that lacks DYNAMIC_UPDATE_SLICE.
@Suite struct StripeFreedomTests {
  private static let forms: [String?] = [nil, "2025-11"]

  private func build(_ library: KernelLibrary?) -> TFLMBuild {
    TFLMBuild(
      TFLMTarget(commonFor: library ?? .reference), safeOn: library.map { [$0] } ?? KernelLibrary.any)
  }

  private func found(
    _ model: Model, _ library: KernelLibrary? = .reference, _ extra: Double = 0.2,
    before month: String? = nil, effort: PlanningEffort.Level = .normal, fitting bytes: Int? = nil
  ) throws -> StripeOutcome {
    try StripeSearch(
      Planner(for: build(library), effort: PlanningEffort(effort)),
      .init(extraWork: extra, fittingBytes: bytes, runtimeBefore: month)
    ).search(model)
  }

  private func arena(_ outcome: StripeOutcome) -> Int {
    (outcome.best?.planned ?? outcome.whole).charge.arenaBytes
  }

  /// Chains, shortcuts, wide layers in the middle, series.
  static func net(_ kind: Int) -> Model {
    var net: StripeNet
    switch kind % 4 {
    case 0:
      let (size, channels) = kind < 4 ? (48, 32) : (32, 24)
      net = StripeNet(height: size, width: size, channels: 3, seed: UInt64(kind))
      net.convolution(8, taps: 3, stride: 2)
      net.convolution(channels, taps: 1)
      net.convolution(channels, taps: 3, isDepthwise: true)
      net.convolution(6, taps: 3, stride: 2)
    case 1:
      net = StripeNet(height: 32, width: 32, channels: 3, seed: UInt64(kind))
      net.convolution(8, taps: 3)
      let shortcut = net.last.value
      net.convolution(8, taps: 3)
      net.convolution(8, taps: 3)
      net.add(shortcut)
      net.convolution(12, taps: 3, stride: 2)
    case 2:
      net = StripeNet(height: 1, width: 512, channels: 8, seed: UInt64(kind))
      net.convolution(32, taps: 5, stride: 2)
      net.convolution(32, taps: 3)
      net.convolution(8, taps: 3, stride: 2)
    default:
      var random = SeededRandom(seed: UInt64(kind + 900))
      net = StripeNet.random(.int8, &random)
    }
    return net.model
  }

  /// A file for a target takes no more there than a file for one that allows less.
  @Test(arguments: 0..<5, forms) func kernelsThatAllowMore(_ kind: Int, _ month: String?) throws {
    let model = Self.net(kind)
    let libraries: [KernelLibrary?] = [.reference, .cmsisNN, .espNN, nil]
    let outcomes = try libraries.map { try found(model, $0, before: month) }
    for (free, strict) in [(0, 1), (0, 3), (1, 3), (2, 3)] {
      let own = arena(outcomes[free])
      let other = outcomes[strict]
      let planned = other.best?.planned ?? other.whole
      let charge = try planned.charged(by: build(libraries[free]), of: other.best?.model ?? model).charge
      #expect(
        own <= charge.arenaBytes,
        "\(free) against \(strict): \(outcomes[free].tried), \(outcomes[free].whole.charge.arenaBytes); \(other.tried)"
      )
    }
  }

  @Test(arguments: 0..<5, forms) func largerLimits(_ kind: Int, _ month: String?) throws {
    let model = Self.net(kind)
    var last = Int.max
    for extra in [0, 0.02, 0.05, 0.3] {
      let outcome = try found(model, .reference, extra, before: month)
      #expect(arena(outcome) <= last, "\(extra)")
      #expect(arena(outcome) <= outcome.whole.charge.arenaBytes)
      last = arena(outcome)
    }
  }

  @Test(arguments: 0..<4, forms) func moreEffort(_ kind: Int, _ month: String?) throws {
    let model = Self.net(kind)
    let arenas = try [PlanningEffort.Level.quick, .normal].map {
      arena(try found(model, before: month, effort: $0))
    }
    #expect(arenas[1] <= arenas[0])
  }

  /// What a limit of extra work finds for a room, the search for the least work in that room finds with no more.
  @Test(arguments: 0..<5, forms) func fittingNeedsNoMoreWork(_ kind: Int, _ month: String?) throws {
    let model = Self.net(kind)
    var judged = 0
    for extra in [0.05, 0.4] {
      guard let best = try found(model, .reference, extra, before: month).best else { continue }
      let room = best.planned.charge.arenaBytes
      let fitting = try #require(try found(model, .reference, 0.5, before: month, fitting: room).best)
      #expect(fitting.planned.charge.arenaBytes <= room)
      #expect(fitting.extraWork <= best.extraWork)
      judged += 1
    }
    #expect(judged > 0 || kind > 2)
  }

  /// No plan that was found is below what is called the least.
  @Test(arguments: 0..<4) func theLeastHeadIsReachedAtMost(_ kind: Int) throws {
    let outcome = try found(Self.net(kind), .reference, 0.5)
    #expect(outcome.headLowerBoundBytes > 0)
    #expect(outcome.tried.allSatisfy { $0.headBytes >= outcome.headLowerBoundBytes })
    #expect(outcome.whole.charge.headBytes >= outcome.headLowerBoundBytes)
  }
}
