import Testing

@testable import Runtimes

@Suite struct TFLMGreedyPlannerTests {
  private typealias Buffer = TFLMGreedyPlanner.Buffer

  @Test func largerBuffersAreLower() {
    let planner = TFLMGreedyPlanner([
      Buffer(size: 16, firstUse: 0, lastUse: 1), Buffer(size: 48, firstUse: 1, lastUse: 2),
      Buffer(size: 32, firstUse: 2, lastUse: 3),
    ])
    #expect(planner.offsets == [48, 0, 48])
    #expect(planner.arenaBytes == 80)
  }

  @Test func ofEqualBuffersTheLastIsLowest() {
    let planner = TFLMGreedyPlanner([
      Buffer(size: 16, firstUse: 0, lastUse: 1), Buffer(size: 16, firstUse: 0, lastUse: 1),
      Buffer(size: 16, firstUse: 0, lastUse: 1),
    ])
    #expect(planner.offsets == [32, 16, 0])
  }

  @Test func theLowestGapThatFitsIsTaken() {
    let planner = TFLMGreedyPlanner([
      Buffer(size: 64, firstUse: 0, lastUse: 1), Buffer(size: 48, firstUse: 1, lastUse: 2),
      Buffer(size: 32, firstUse: 2, lastUse: 3), Buffer(size: 16, firstUse: 2, lastUse: 2),
    ])
    #expect(planner.offsets == [0, 64, 0, 32])
    #expect(planner.arenaBytes == 112)
  }

  @Test func fixedBuffersComeFirstAndAreNotChecked() {
    let planner = TFLMGreedyPlanner([
      Buffer(size: 64, firstUse: 0, lastUse: 1), Buffer(size: 16, firstUse: 0, lastUse: 1, fixedOffset: 32),
      Buffer(size: 16, firstUse: 0, lastUse: 1, fixedOffset: 40),
      Buffer(size: 32, firstUse: 0, lastUse: 1),
    ])
    #expect(planner.offsets == [56, 32, 40, 0])
    #expect(planner.arenaBytes == 120)
  }

  @Test func buffersThatNothingUsesAvoidOnlyEachOther() {
    let planner = TFLMGreedyPlanner([
      Buffer(size: 16, firstUse: -1, lastUse: -1), Buffer(size: 16, firstUse: -1, lastUse: -1),
      Buffer(size: 32, firstUse: 0, lastUse: 4),
    ])
    #expect(planner.offsets == [16, 0, 0])
  }

  @Test func nothingNeedsNothing() {
    #expect(TFLMGreedyPlanner([]).arenaBytes == 0)
  }
}
