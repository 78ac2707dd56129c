import GraphIR
import MemoryPlanning
import Runtimes
import Tensors
import Testing
import _TestSupport

@testable import Planning

/// Models that Vela has compiled keep order and offsets, and bytes that several tensors share count once.
@Suite struct KeptLayoutTests {
  private static let cases = [1, 2, 5].flatMap { count in
    VelaModels.Memory.allCases.map { (count, $0) }
  }

  private func build(_ kernels: KernelLibrary, writesOffsets: Bool = true) -> TFLMBuild {
    TFLMBuild(TFLMTarget(commonFor: kernels), safeOn: [kernels], writesOffsets: writesOffsets)
  }

  @Test(arguments: cases)
  func theModelStaysAsItCame(count: Int, memory: VelaModels.Memory) throws {
    let model = VelaModels.model(count, memory)
    for kernels in KernelLibrary.allCases {
      for order in NamedOrder.allCases {
        let planned = try Planner(for: build(kernels)).plannedModel(for: model, order: order)
        #expect(planned.isUnchanged && planned.model.isSame(as: model))
        #expect(planned.faultOfOwnPlan == nil)
        #expect(planned.plan.keptBecause != nil && planned.plan.orderName == .file)
      }
    }
    let unwritten = Planner(for: build(.reference, writesOffsets: false))
    #expect(try unwritten.plannedModel(for: model).model.isSame(as: model))
  }

  @Test(arguments: cases)
  func sharedBytesCountOnce(count: Int, memory: VelaModels.Memory) throws {
    let model = VelaModels.model(count, memory)
    let span = Int(memory == .dedicated ? VelaModels.fastBytes : VelaModels.scratchBytes).roundedUp(
      to: 16)
    let ideal = try Planner(for: IdealRuntime()).plannedModel(for: model)
    #expect(ideal.plan.peakBytes == span && ideal.plan.arenaBytes == span)
    // Two arrays for the addresses and sizes of six or seven operands stand above.
    let planned = try Planner(for: build(.cmsisNN)).plannedModel(for: model)
    #expect(planned.plan.peakBytes == span + 48 + 32)
    #expect(planned.charge.headBytes == span + 48 + 32)
    #expect(planned.stock.headBytes == planned.charge.headBytes)
    #expect(planned.stock.unknownOperators.isEmpty)
  }

  @Test func nothingIsCalledProved() throws {
    let plan = try Planner(for: build(.reference)).plan(VelaModels.model(2))
    #expect(!plan.isProved && !plan.isPeakProved && !plan.isArenaProved)
  }

  @Test func offsetsAreThoseOfTheFile() throws {
    let model = VelaModels.model(3)
    let offsets = try #require(try OfflinePlan.read(from: model)).offsets
    for plan in [
      try Planner(for: build(.espNN)).plan(model), try Planner(for: IdealRuntime()).plan(model),
    ] {
      for buffer in plan.buffers {
        guard let tensor = buffer.tensor else { continue }
        #expect(buffer.offset == offsets[tensor.value.index])
      }
    }
  }

  @Test func severalMemoriesAreRefused() {
    let pools = [
      Plan.Pool(name: "a", capacityBytes: 1 << 20), Plan.Pool(name: "b", capacityBytes: 1 << 20),
    ]
    #expect(throws: PoolError.self) {
      try PoolPlanner(VelaModels.model(), pools: pools, runtime: IdealRuntime())
    }
  }

  @Test func otherModelsArePlanned() throws {
    let plan = try Planner(for: build(.reference)).plan(SampleModels.chain(.relu, .tanh))
    #expect(plan.keptBecause == nil && plan.isPeakProved)
  }
}

@Suite struct CoveredBytesTests {
  @Test(arguments: 0..<40 as Range<UInt64>)
  func bytesAreThoseOfAnySet(seed: UInt64) {
    var random = SeededRandom(seed: seed)
    let ranges = (0..<12).map { _ in
      let start = Int.random(in: 0..<60, using: &random)
      return start..<start + Int.random(in: 0..<20, using: &random)
    }
    var covered = CoveredBytes(of: ranges)
    var live: [Int] = []
    for _ in 0..<80 {
      let index = Int.random(in: ranges.indices, using: &random)
      if let position = live.firstIndex(of: index) {
        live.remove(at: position)
        covered.remove(ranges[index])
      } else {
        live.append(index)
        covered.add(ranges[index])
      }
      #expect(covered.count == Set(live.flatMap { ranges[$0] }).count)
    }
  }

  @Test func noRangesCoverNothing() { #expect(CoveredBytes(of: []).count == 0) }
}
