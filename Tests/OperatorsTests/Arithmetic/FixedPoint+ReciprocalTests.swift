import Foundation
import Operators
import Testing

@Suite struct FixedPointReciprocalTests {
  @Test func reciprocalOfOnePlusIsClose() {
    for step in 0...1000 {
      let raw = Int32(Int64(step) * Int64(Int32.max) / 1000)
      let exact = 1 / (1 + Double(raw) / 0x1p31)
      #expect(abs(Double(FixedPoint.reciprocalOfOnePlus(raw)) / 0x1p31 - exact) < 1e-8)
    }
  }

  @Test(arguments: [Int32(1), 2, 3, 7, 100, 4095, 1 << 20, .max])
  func reciprocalIsClose(x: Int32) {
    let (fraction, shift) = FixedPoint.reciprocal(x, integerBits: 31)
    let ours = scalbn(Double(fraction) / 0x1p31, -Int(shift))
    #expect(abs(ours * Double(x) - 1) < 1e-8)
  }

  @Test(arguments: [Int32(2), 3, 10, 255, 65025, 1 << 28, 1 << 29, .max])
  func inverseSquareRootIsClose(x: Int32) {
    let root = FixedPoint.inverseSquareRoot(x)
    let ours = scalbn(Double(root.multiplier) / 0x1p31, Int(root.shift))
    #expect(abs(ours * Double(x).squareRoot() - 1) < 2e-6)
  }

  @Test func inverseSquareRootOfNothingIsOne() {
    #expect(FixedPoint.inverseSquareRoot(0) == QuantizedMultiplier(multiplier: .max, shift: 0))
    #expect(FixedPoint.inverseSquareRoot(-5) == QuantizedMultiplier(multiplier: .max, shift: 0))
  }

  @Test(arguments: [Int32(0), .min, -1])
  func numbersWithoutReciprocalDoNotTrap(x: Int32) {
    _ = FixedPoint.reciprocal(x, integerBits: 12)
  }
}
