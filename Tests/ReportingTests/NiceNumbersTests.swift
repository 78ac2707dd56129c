import Testing

@testable import Reporting

@Suite struct NiceNumbersTests {
  @Test(arguments: [
    (-3, 1), (0, 1), (1, 1), (2, 2), (3, 5), (6, 10), (11, 20), (21, 50), (51, 100), (999, 1000),
  ])
  func interval(minimum: Int, expected: Int) {
    #expect(NiceNumbers.interval(atLeast: minimum) == expected)
  }

  @Test func binaryIntervalsDivideTheRange() {
    for range in [0, 1, 7, 8, 9, 180_224, 1 << 61] {
      let interval = NiceNumbers.binaryInterval(range, parts: 8)
      #expect(interval.nonzeroBitCount == 1)
      #expect(range / interval <= 8)
    }
  }

  @Test func partsOfHugeNumbers() {
    #expect(NiceNumbers.part(10, of: 10, in: .max) == .max)
    #expect(NiceNumbers.part(5, of: 10, in: 7) == 3)
    #expect(NiceNumbers.part(3, of: 10, in: 0) == 0)
  }
}
