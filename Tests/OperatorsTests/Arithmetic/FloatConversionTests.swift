import Operators
import Testing

@Suite struct FloatConversionTests {
  @Test func truncationSaturates() {
    #expect(Int32(clamping: Float(-1.9)) == -1)
    #expect(Int32(clamping: Float.infinity) == .max)
    #expect(Int32(clamping: -Float.infinity) == .min)
    #expect(Int32(clamping: Float.nan) == .min)
    #expect(Int32(clamping: 2_147_483_647.5) == .max)
    #expect(Int32(clamping: -2_147_483_648.5) == .min)
  }

  @Test func roundingIsHalfAwayFromZero() {
    for step in -40_000...40_000 {
      let x = Float(step) / 16
      #expect(Int32(roundingSmall: x) == Int32(x.rounded(.toNearestOrAwayFromZero)))
      #expect(Int32(roundingSmall: x.nextUp) == Int32(x.nextUp.rounded(.toNearestOrAwayFromZero)))
      #expect(Int32(roundingSmall: x.nextDown) == Int32(x.nextDown.rounded(.toNearestOrAwayFromZero)))
    }
  }

  @Test func roundingSaturates() {
    #expect(Int32(roundingSmall: 1e30) == 2_097_152)
    #expect(Int32(roundingSmall: -.infinity) == -2_097_152)
    #expect(Int32(roundingSmall: .nan) == -2_097_152)
    #expect(Int32(roundingSmall: 2_097_151.5) == 2_097_152)
  }
}
