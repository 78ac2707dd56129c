import Foundation
import Operators
import Testing

@Suite struct FixedPointLogarithmTests {
  @Test(arguments: [1.0, 1.25, 1.5, 2, 2.9, 10, 99.5, 256, 1000, 4095])
  func logarithmIsClose(x: Double) {
    let ours = FixedPoint.logarithm(ofAtLeastOne: Int32(x * 0x1p19))
    #expect(abs(Double(ours) / 0x1p26 - log(x)) < 1e-6)
  }

  @Test(arguments: [Int32.min, -1, 0, 1, .max])
  func numbersOutsideDoNotTrap(x: Int32) {
    _ = FixedPoint.logarithm(ofAtLeastOne: x)
  }
}
