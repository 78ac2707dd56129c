import Foundation
import Operators
import Testing

@Suite struct FixedPointExponentialTests {
  private let unit = 0x1p31

  @Test(arguments: Int32(0)...6)
  func exponentialIsClose(integerBits: Int32) {
    for step in 0..<1000 {
      let raw = Int32(-Int64(step) * (1 << 31) / 1000)
      let exact = exp(Double(raw) * scalbn(1 / unit, Int(integerBits)))
      let ours = Double(FixedPoint.exponential(ofNegative: raw, integerBits: integerBits)) / unit
      #expect(abs(ours - exact) < 3e-7)
    }
    #expect(FixedPoint.exponential(ofNegative: 0, integerBits: integerBits) == .max)
  }

  @Test func logisticAndTangentAreClose() {
    for step in -1000...1000 {
      let raw = Int32(Int64(step) * Int64(Int32.max) / 1000)
      let x = Double(raw) * 16 / unit
      let logistic = Double(FixedPoint.logistic(raw, integerBits: 4)) / unit
      #expect(abs(logistic - 1 / (1 + exp(-x))) < 3e-7)
      let tangent = Double(FixedPoint.hyperbolicTangent(raw, integerBits: 4)) / unit
      #expect(abs(tangent - tanh(x)) < 6e-7)
    }
    #expect(FixedPoint.logistic(0, integerBits: 4) == 1 << 30)
    #expect(FixedPoint.hyperbolicTangent(0, integerBits: 4) == 0)
  }
}
