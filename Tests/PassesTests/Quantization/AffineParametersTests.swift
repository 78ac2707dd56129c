import GraphIR
import Tensors
import Testing

@testable import Passes

@Suite struct AffineParametersTests {
  /// Ranges of 255, so that the scale is 1 and −128 − lower is the zero point before it is rounded.
  @Test(arguments: [
    (Float(-1), Int64(-127)), (-1.25, -127), (-1.5, -127), (-1.75, -126), (-0.5, -128), (-200.5, 73),
    (-255, 127), (0, -128),
  ])
  func zeroPointsAreTheNearest(lower: Float, zeroPoint: Int64) {
    let parameters = AffineParameters(.int8, covering: lower...(lower + 255))
    #expect(parameters.scale == 1)
    #expect(parameters.zeroPoint == zeroPoint)
  }

  @Test func rangesAreWidenedToHoldZero() {
    #expect(AffineParameters(.int8, covering: 1...255) == .init(.int8, scale: 1, zeroPoint: -128))
    #expect(AffineParameters(.int8, covering: -255 ... -1) == .init(.int8, scale: 1, zeroPoint: 127))
  }

  @Test func wideActivationsAreSymmetric() {
    let parameters = AffineParameters(.int16, covering: -32767...1)
    #expect(parameters == .init(.int16, scale: 1, zeroPoint: 0))
  }

  @Test func numbersAreStoredAsTheNearest() {
    let parameters = AffineParameters(.int8, scale: 0.5, zeroPoint: 3)
    let reals: [Float] = [0, 0.25, -0.25, 0.2, -0.2, 0.75, 0.625, 0.875, 100, -100]
    #expect(reals.map(parameters.stored) == [3, 4, 2, 3, 3, 5, 4, 5, 127, -128])
  }

  @Test func whatIsNoNumberIsStoredAsZero() {
    let parameters = AffineParameters(.int8, scale: 0.5, zeroPoint: 3)
    #expect([Float.nan, .infinity, -.infinity].map(parameters.stored) == [3, 127, -128])
    #expect(parameters.bytes([.nan]) == [3])
  }

  /// Biases are in units of it: a scale of 1 would make them coarse.
  @Test func whatIsZeroEverywhereHasAFineScale() {
    #expect(AffineParameters(.int8, covering: 0...0) == .init(.int8, scale: 1 / 255, zeroPoint: -128))
    #expect(AffineParameters(.int16, covering: 0...0) == .init(.int16, scale: 1 / 32767, zeroPoint: 0))
  }

  @Test func coarserScalesHoldTheSameNumbers() {
    for range in [0...Float(2), -2...0, -0.5...1.5] {
      let fine = AffineParameters(.int8, covering: range)
      let coarse = fine.coarser(fine.scale * 3)
      #expect(coarse.rounded(0) == 0)
      #expect(abs(coarse.rounded(range.lowerBound) - range.lowerBound) <= coarse.scale)
      #expect(abs(coarse.rounded(range.upperBound) - range.upperBound) <= coarse.scale)
    }
  }
}
