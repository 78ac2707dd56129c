import Testing

@testable import Execution

@Suite struct SignalDifferenceTests {
  @Test func equalSignalsHaveNoNoise() {
    var difference = SignalDifference()
    difference.add([1, -2, .nan], [1, -2, .nan])
    #expect(difference.sqnrDb == .infinity && difference.maxDifference == 0)
  }

  @Test func noiseIsMeasuredAgainstTheReference() {
    var difference = SignalDifference()
    difference.add([10, 0], [9, 0])
    #expect(difference.sqnrDb == 20 && difference.maxDifference == 1)
    var other = SignalDifference()
    other.add([0, 0], [0, -3])
    difference.merge(other)
    #expect(difference.noise == 10 && difference.signal == 100 && difference.maxDifference == 3)
  }

  @Test func lostNumbersAreInfinitelyFar() {
    var difference = SignalDifference()
    difference.add([1], [.nan])
    #expect(difference.maxDifference == .infinity && difference.sqnrDb == -.infinity)
  }

  /// Minus NaN with a payload beside NaN.
  @Test func allNaNsAreOne() {
    var difference = SignalDifference()
    difference.addBytes(
      [1, 0, 0xC0, 0xFF, 0, 0, 0x80, 0x3F], [0, 0, 0xC0, 0x7F, 0, 0, 0, 0x40], as: .float32)
    #expect(difference.differingBytes == 2)
  }

  @Test func bytesAreCountedWhereTheyMeanTheSame() {
    var difference = SignalDifference()
    difference.addBytes([1, 2, 3], [1, 0, 0], as: .int8)
    #expect(difference.differingBytes == 2)
    difference.addBytes([1], [1], as: nil)
    #expect(difference.differingBytes == nil)
  }
}
