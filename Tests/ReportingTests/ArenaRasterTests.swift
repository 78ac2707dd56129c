import MemoryPlanning
import Planning
import Testing

@testable import Reporting

@Suite struct ArenaRasterTests {
  private func plan(_ buffers: [Plan.Buffer], arenaBytes: Int) -> Plan {
    Plan(
      alignment: 1, orderName: .file, orders: [], steps: [],
      pools: [Plan.Pool(name: "arena", usedBytes: arenaBytes)], buffers: buffers,
      proof: Plan.Proof(
        peakBytes: arenaBytes, lowerBoundBytes: 0, arenaLowerBoundBytes: 0, statesExpanded: 0,
        placementNodes: 0))
  }

  private func tensor(_ bytes: Int, _ lifetime: Range<Int>, at offset: Int) -> Plan.Buffer {
    Plan.Buffer(.tensor(.init(0), .init(0)), byteCount: bytes, lifetime: lifetime, offset: offset)
  }

  @Test func cellsHoldWhatFillsMostOfThem() {
    let tensors = [tensor(40, 0..<1, at: 0), tensor(20, 1..<2, at: 20), tensor(0, 0..<2, at: 0)]
    let axis = StepAxis(stepCount: 2, columns: 3)
    let raster = ArenaRaster(plan(tensors, arenaBytes: 40), axis, rowCount: 4)
    #expect(raster.cells.map { $0.map { $0 ?? -1 } } == [[0, -1], [0, -1], [0, 1], [0, 1]])
  }

  @Test func cellsThatAreMostlyFreeStayFree() {
    let raster = ArenaRaster(
      plan([tensor(1, 0..<1, at: 0), tensor(1, 0..<1, at: 99)], arenaBytes: 100),
      StepAxis(stepCount: 1, columns: 1), rowCount: 10)
    #expect(raster.cells.allSatisfy { $0 == [nil] })
  }

  @Test func neighboursDifferInShade() {
    let tensors = (0..<3).map { tensor(10, $0..<($0 + 1), at: 0) }
    let raster = ArenaRaster(
      plan(tensors, arenaBytes: 10), StepAxis(stepCount: 3, columns: 3), rowCount: 2)
    #expect(raster.shades(tensorCount: 3, order: [0, 1, 2], count: 3) == [0, 1, 0])
  }

  @Test func hugeOffsetsStayInside() {
    let tensors = [tensor(1 << 60, 0..<1, at: 0), tensor(1, 0..<1, at: 1 << 60)]
    let raster = ArenaRaster(
      plan(tensors, arenaBytes: 1 << 60 + 1), StepAxis(stepCount: 1, columns: 1), rowCount: 12)
    #expect(raster.cells.allSatisfy { $0 == [0] })
  }
}
