import GraphIR
import MemoryPlanning
import ModelFiles
import Runtimes
import Testing
import _TestSupport

@testable import Planning

@Suite struct PoolPlannerTests {
  /// A tensor that is read three times beside ones that are read once.
  private static func model() -> Model {
    var builder = GraphBuilder()
    let input = builder.input("cold", [64])
    let hot = builder.value("hot", [64])
    let one = builder.value("one", [64])
    let two = builder.value("two", [64])
    let end = builder.value("end", [64])
    builder.node(.relu, [input], [hot])
    builder.node(.relu, [hot], [one])
    builder.node(.add, [hot, one], [two])
    builder.node(.add, [hot, two], [end])
    builder.outputs([end])
    return Model(graphs: [builder.graph])
  }

  private static func regions(_ sizes: Int...) -> [Plan.Pool] {
    sizes.enumerated().map { Plan.Pool(name: "m\($0.offset)", capacityBytes: $0.element) }
  }

  @Test func theBusiestTensorIsInTheFastestRegion() throws {
    let plan = try PoolPlanner(Self.model(), pools: Self.regions(64, 1000), runtime: IdealRuntime()).plan()
    #expect(plan.buffers.map(\.trafficBytes) == [64, 256, 128, 128, 64])
    #expect(plan.buffers.map(\.pool) == [1, 0, 1, 1, 1])
    #expect(plan.pools.map(\.usedBytes) == [64, 128])
    #expect(plan.pools.indices.map(plan.tensorCount) == [1, 4])
    #expect(plan.pools.indices.map { plan.trafficBytes(in: $0) } == [256, 384])
    #expect(plan.spread?.isProved == true)
    #expect(plan.trafficBytes() == 640)
  }

  @Test func everythingIsInTheFirstRegionWhereItFits() throws {
    let plan = try PoolPlanner(Self.model(), pools: Self.regions(192, 1000), runtime: IdealRuntime()).plan()
    #expect(plan.buffers.allSatisfy { $0.pool == 0 })
    #expect(plan.pools[1].usedBytes == 0)
  }

  @Test func regionsFillOneAfterTheOther() throws {
    let plan = try PoolPlanner(Self.model(), pools: Self.regions(64, 64, 64), runtime: IdealRuntime()).plan()
    #expect(plan.pools.map(\.usedBytes) == [64, 64, 64])
    #expect(plan.spread?.isProved == true)
  }

  @Test func whatIsMissingIsSaid() throws {
    let model = Self.model()
    #expect(
      throws: PoolError.doesNotFit(
        "tensor 0 'cold' takes 64 B, and no region has more than 48 B; with 192 B of 'm1' everything fits")
    ) { try PoolPlanner(model, pools: Self.regions(48, 48), runtime: IdealRuntime()).plan() }
    #expect(
      throws: PoolError.doesNotFit(
        "at the peak 64 B more are live than all regions together have; with 128 B of 'm1' everything fits")
    ) { try PoolPlanner(model, pools: Self.regions(64, 64), runtime: IdealRuntime()).plan() }
  }

  @Test func noRegionsAreAnError() throws {
    #expect(throws: PoolError.self) {
      try PoolPlanner(Self.model(), pools: [], runtime: IdealRuntime()).plan()
    }
  }

  /// Pools one behind the other are an arena in which the model has to give its answers.
  private static func stacked(_ plan: Plan) -> Plan {
    var starts: [Int] = []
    var end = 0
    for pool in plan.pools {
      starts.append(end)
      end += pool.usedBytes.roundedUp(to: 16)
    }
    var stacked = plan
    stacked.pools = [Plan.Pool(name: "arena", usedBytes: end)]
    for index in stacked.buffers.indices {
      stacked.buffers[index].offset += starts[stacked.buffers[index].pool]
      stacked.buffers[index].pool = 0
    }
    return stacked
  }

  @Test(arguments: OwnModels.paths)
  func ownModelsGiveTheSameAnswersInTheirRegions(path: String) throws {
    let model = try ModelFile.read(path: path)
    for library in [KernelLibrary.reference, .cmsisNN] {
      let build = TFLMBuild(TFLMTarget.cortexM(library), safeOn: [library])
      let whole = try PoolPlanner(model, pools: Self.regions(1 << 30), runtime: build).plan()
      let tight = max(64, whole.pools[0].usedBytes / 2)
      let plan = try PoolPlanner(model, pools: Self.regions(tight, 1 << 30), runtime: build).plan()
      #expect(plan.pools[0].usedBytes <= tight)
      for scratch in plan.buffers where scratch.tensor == nil {
        #expect(scratch.pool == (scratch.byteCount <= tight ? 0 : 1))
      }
      #expect(PlanCheck.run(model, Self.stacked(plan), samples: 1) == .same(samples: 1))
    }
  }
}
