import Tensors
import Testing

@testable import Striping

@Suite struct StripePlanTests {
  @Test func twoLayersLagByTheRowsBelow() throws {
    let run = StripeRun(
      maps: [.init(height: 8, rowBytes: 4), .init(height: 8, rowBytes: 4), .init(height: 8, rowBytes: 4)],
      layers: [
        .init(inputs: [0], window: .init(extent: 3, paddingBefore: 1)),
        .init(inputs: [1], window: .init(extent: 3, paddingBefore: 1)),
      ])
    let plan = try StripePlan(run, rowsPerTurn: 1)
    #expect(plan.maps.map(\.delay) == [0, 0, 1])
    #expect(plan.maps[1].history == 2)
    #expect(plan.turns == 9)
    #expect((0..<9).map { plan.borderRows(of: 1, in: $0) } == [[], [], [], [], [], [], [], [], [8]])
  }

  @Test(arguments: 0..<40) func everyRandomRunMakesEveryRow(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var judged = 0
    for _ in 0..<100 {
      let run = Self.randomRun(&random)
      for rows in [1, 2, 3, 4, 6, 8] {
        let carried = run.maps.map { _ in Int.random(in: 0..<4, using: &random) > 0 }
        let lags = run.maps.map { _ in max(0, Int.random(in: -4...3, using: &random)) }
        guard let plan = try? StripePlan(run, rowsPerTurn: rows, carried: carried, lags: lags) else {
          continue
        }
        for map in run.maps.indices {
          let counts = (0..<plan.turns).map { plan.borderRows(of: map, in: $0).count }
          #expect(plan.mostBorderRows(of: map) == counts.max() ?? 0)
        }
        for result in StripeSource.Result.allCases {
          let source = StripeSource(plan, result)
          #expect(StripeJudge.fault(of: plan, source) == nil, "\(plan)")
          judged += 1
        }
      }
    }
    #expect(judged > 100)
  }

  /// A block that lags by no more than its readers let it makes no turn more, and keeps fewer rows.
  @Test(arguments: 0..<10) func slackIsFree(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed + 500))
    var judged = 0
    for _ in 0..<200 {
      let run = Self.randomRun(&random)
      guard let plan = try? StripePlan(run, rowsPerTurn: 1) else { continue }
      for map in run.maps.indices where plan.slack(of: map) > 0 {
        var lags = plan.lags
        #expect(lags.allSatisfy { $0 == 0 })
        lags[map] = plan.slack(of: map)
        let later = try StripePlan(run, rowsPerTurn: 1, carried: run.maps.map { _ in true }, lags: lags)
        #expect(later.lags == lags && later.slack(of: map) == 0)
        #expect(later.turns == plan.turns)
        #expect(later.maps[map].history < max(1, plan.maps[map].history))
        for result in StripeSource.Result.allCases {
          #expect(StripeJudge.fault(of: later, StripeSource(later, result)) == nil, "\(later)")
        }
        judged += 1
      }
    }
    #expect(judged > 5)
  }

  /// Chains with shortcuts: windows of any extent, strides, padding on either side, rows that are repeated.
  static func randomRun(_ random: inout SeededRandom) -> StripeRun {
    var maps = [
      StripeRun.Map(
        height: Int.random(in: 4...40, using: &random), rowBytes: Int.random(in: 1...9, using: &random))
    ]
    var layers: [StripeRun.Layer] = []
    for index in 0..<Int.random(in: 1...6, using: &random) {
      let height = maps[index].height
      if index > 1, maps[index - 1].height == height, Bool.random(using: &random) {
        layers.append(.init(inputs: [index - 1, index], window: .pointwise))
        maps.append(.init(height: height, rowBytes: Int.random(in: 1...9, using: &random)))
        continue
      }
      if height < 20, Int.random(in: 0..<4, using: &random) == 0 {
        let repeats = Int.random(in: 2...3, using: &random)
        layers.append(.init(inputs: [index], window: .init(repeats: repeats)))
        maps.append(.init(height: height * repeats, rowBytes: Int.random(in: 1...9, using: &random)))
        continue
      }
      let extent = Int.random(in: 1...min(5, height), using: &random)
      let stride = Int.random(in: 1...3, using: &random)
      let above = Int.random(in: 0..<extent, using: &random)
      let below = Int.random(in: 0..<extent, using: &random)
      layers.append(
        .init(inputs: [index], window: .init(extent: extent, stride: stride, paddingBefore: above)))
      maps.append(
        .init(
          height: (height + above + below - extent) / stride + 1,
          rowBytes: Int.random(in: 1...9, using: &random)))
    }
    return StripeRun(maps: maps, layers: layers)
  }
}

@Suite struct StripeJudgeTests {
  private static let run = StripeRun(
    maps: [.init(height: 8, rowBytes: 4), .init(height: 8, rowBytes: 4), .init(height: 8, rowBytes: 8)],
    layers: [
      .init(inputs: [0], window: .init(extent: 3, paddingBefore: 1)),
      .init(inputs: [1], window: .init(extent: 3, paddingBefore: 1)),
    ])

  @Test func seesAResultThatIsWrittenOverRowsStillToBeRead() throws {
    let plan = try StripePlan(Self.run, rowsPerTurn: 1)
    for result in [StripeSource.Result.onSource, .onSourceMoving] {
      let source = StripeSource(plan, result)
      #expect(source.roomRows > 0)
      let tight = StripeSource(plan, result, roomRows: 0)
      #expect(StripeJudge.fault(of: plan, tight) != nil)
    }
  }

  @Test func seesRowsThatWereNotKept() throws {
    let plan = try StripePlan(Self.run, rowsPerTurn: 1)
    for change in [(delay: 1, history: 0), (delay: 0, history: -1), (delay: -1, history: 1)] {
      let spoilt = plan.with(1, delay: change.delay, history: change.history)
      #expect(StripeJudge.fault(of: spoilt, StripeSource(plan, .apart)) != nil)
    }
  }
}
