import GraphIR
import MemoryPlanning
import ModelFiles
import Runtimes
import Testing
import _TestSupport

@testable import Passes

@Suite struct RegionPlannerTests {
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

  private static func regions(_ sizes: Int...) -> [MemoryRegion] {
    sizes.enumerated().map { MemoryRegion(name: "m\($0.offset)", byteCount: $0.element) }
  }

  @Test func theBusiestTensorIsInTheFastestRegion() throws {
    let plan = try RegionPlanner(Self.model(), regions: Self.regions(64, 1000)).plan()
    #expect(plan.tensors.map(\.trafficBytes) == [64, 256, 128, 128, 64])
    #expect(plan.tensors.map(\.region) == [1, 0, 1, 1, 1])
    #expect(plan.regions.map(\.usedBytes) == [64, 128])
    #expect(plan.regions.map(\.tensorCount) == [1, 4])
    #expect(plan.regions.map(\.trafficBytes) == [256, 384])
    #expect(plan.isProved)
    #expect(plan.trafficBytes == 640)
  }

  @Test func everythingIsInTheFirstRegionWhereItFits() throws {
    let plan = try RegionPlanner(Self.model(), regions: Self.regions(192, 1000)).plan()
    #expect(plan.tensors.allSatisfy { $0.region == 0 })
    #expect(plan.regions[1].usedBytes == 0)
  }

  @Test func regionsFillOneAfterTheOther() throws {
    let plan = try RegionPlanner(Self.model(), regions: Self.regions(64, 64, 64)).plan()
    #expect(plan.regions.map(\.usedBytes) == [64, 64, 64])
    #expect(plan.isProved)
  }

  @Test func whatIsMissingIsSaid() throws {
    let model = Self.model()
    #expect(
      throws: RegionPlanError.doesNotFit(
        "tensor 0 'cold' takes 64 B, and no region has more than 48 B; with 192 B of 'm1' everything fits")
    ) { try RegionPlanner(model, regions: Self.regions(48, 48)).plan() }
    #expect(
      throws: RegionPlanError.doesNotFit(
        "at the peak 64 B more are live than all regions together have; with 128 B of 'm1' everything fits")
    ) { try RegionPlanner(model, regions: Self.regions(64, 64)).plan() }
  }

  @Test func noRegionsAreAnError() throws {
    #expect(throws: RegionPlanError.self) { try RegionPlanner(Self.model(), regions: []).plan() }
  }

  /// Regions one behind the other are an arena in which the model has to give its answers.
  private static func stacked(_ plan: RegionPlan, of model: Model) throws -> MemoryPlan {
    var starts: [Int] = []
    var end = 0
    for region in plan.regions {
      starts.append(end)
      end += region.usedBytes.roundedUp(to: 16)
    }
    return MemoryPlan(
      orderName: .file, alignment: 16, orders: model.graphs.map { $0.nodes.indices.map(NodeID.init) },
      steps: [],
      tensors: plan.tensors.map {
        MemoryPlan.Tensor(
          graph: $0.graph, value: $0.value, byteCount: $0.byteCount, lifetime: $0.lifetime,
          offset: starts[$0.region] + $0.offset)
      }, scratch: [], peakBytes: end, lowerBoundBytes: 0, statesExpanded: 0, arenaBytes: end,
      arenaLowerBoundBytes: 0, placementNodes: 0)
  }

  @Test(arguments: OwnModels.paths)
  func ownModelsGiveTheSameAnswersInTheirRegions(path: String) throws {
    let model = try ModelFile.read(path: path)
    for library in [KernelLibrary.reference, .cmsisNN] {
      let target = TFLMTarget.cortexM(library)
      let device = try DeviceMemory(model, target: target, overlapSafeOn: [library])
      let whole = try RegionPlanner(model, regions: Self.regions(1 << 30), device: device).plan()
      let tight = max(64, whole.regions[0].usedBytes / 2)
      let plan = try RegionPlanner(model, regions: Self.regions(tight, 1 << 30), device: device).plan()
      #expect(plan.regions[0].usedBytes <= tight)
      for scratch in plan.scratch { #expect(scratch.region == (scratch.byteCount <= tight ? 0 : 1)) }
      #expect(PlanCheck.run(model, try Self.stacked(plan, of: model), samples: 1) == .same(samples: 1))
    }
  }
}
