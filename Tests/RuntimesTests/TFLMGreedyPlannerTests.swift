import Tensors
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

  /// Few neighbors are found by an index, many by a look at all: both are TFLM's list of buffers by offset.
  @Test func offsetsAreThoseOfAPlainList() {
    var random = SeededRandom(seed: 8)
    for round in 0..<200 {
      let span = round.isMultiple(of: 2) ? 400 : 12
      let buffers = (0..<120).map { _ in
        let first = Int.random(in: 0..<span, using: &random)
        return Buffer(
          size: 16 * Int.random(in: 0...6, using: &random), firstUse: first,
          lastUse: first + Int.random(in: -1...9, using: &random),
          fixedOffset: Int.random(in: 0..<9, using: &random) == 0
            ? 16 * Int.random(in: 0..<20, using: &random) : nil)
      }
      #expect(TFLMGreedyPlanner(buffers).offsets == Self.plainOffsets(buffers))
    }
  }

  private static func plainOffsets(_ buffers: [Buffer]) -> [Int] {
    var offsets = [Int](repeating: 0, count: buffers.count)
    var placed: [Int] = []
    let free = buffers.indices.filter { buffers[$0].fixedOffset == nil }
    let order =
      buffers.indices.filter { buffers[$0].fixedOffset != nil }
      + free.sorted { (buffers[$0].size, $0) > (buffers[$1].size, $1) }
    for index in order {
      var candidate = 0
      for other in placed
      where buffers[index].firstUse <= buffers[other].lastUse
        && buffers[other].firstUse <= buffers[index].lastUse
      {
        if offsets[other] - candidate >= buffers[index].size { break }
        candidate = max(candidate, offsets[other] + buffers[other].size)
      }
      offsets[index] = buffers[index].fixedOffset ?? candidate
      placed.insert(index, at: placed.firstIndex { offsets[$0] > offsets[index] } ?? placed.endIndex)
    }
    return offsets
  }
}
