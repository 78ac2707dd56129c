import Foundation
import Operators
import Testing

@Suite struct QuantizedFunctionTests {
  private let square = QuantizedFunction(
    input: ScaleAndZeroPoint(scale: 0.1, zeroPoint: 10),
    output: ScaleAndZeroPoint(scale: 0.5, zeroPoint: -100)
  ) { $0 * $0 }

  @Test func bytesAreRoundedAndSaturated() {
    #expect(square.evaluate(Int8(10)) == -100)
    #expect(square.evaluate(Int8(30)) == -92)
    #expect(square.evaluate(Int8(-128)) == 127)
    #expect(square.evaluate(UInt8(60)) == 0)
  }

  @Test func numbersThatAreNoneDoNotTrap() {
    let scale = ScaleAndZeroPoint(scale: 0, zeroPoint: .min)
    let function = QuantizedFunction(input: scale, output: scale) { log($0) }
    #expect(function.evaluate(Int8(5)) == -128)
    #expect(function.table[-32768] == -32768)
  }

  @Test func tablesInterpolate() {
    let unit = ScaleAndZeroPoint(scale: 1.0 / 32768, zeroPoint: 0)
    let table = QuantizedFunction(input: unit, output: unit) { sinf($0) }.table
    for x in stride(from: -32768, through: 32767, by: 97) {
      let exact = sin(Double(x) / 32768) * 32768
      #expect(abs(Double(table[Int16(x)]) - exact) < 2)
    }
  }
}
