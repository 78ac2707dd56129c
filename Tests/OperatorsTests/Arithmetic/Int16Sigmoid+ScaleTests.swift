import Foundation
import Operators
import Testing

@Suite struct Int16SigmoidScaleTests {
  @Test(arguments: [Float(0x1p-12), 0x1p-11, 0x1p-15, 0.0003, 0.0037])
  func functionsAreClose(scale: Float) {
    let logistic = Int16Sigmoid(scale: scale, powersOfTwo: 0...0)
    let tangent = Int16Sigmoid(scale: scale, powersOfTwo: 0...1)
    for x in stride(from: -32768, through: 32767, by: 331) {
      let real = Double(scale) * Double(x)
      #expect(abs(Double(logistic.logistic(Int16(x))) / 32768 - 1 / (1 + exp(-real))) < 1e-3)
      #expect(abs(Double(tangent.tanh(Int16(x))) / 32768 - Foundation.tanh(real)) < 1e-3)
    }
  }

  @Test(arguments: [Float(0), -1, .nan, .infinity, 1e-30, 1e30])
  func absurdScalesDoNotTrap(scale: Float) {
    _ = Int16Sigmoid(scale: scale, powersOfTwo: 0...1).tanh(.min)
  }
}
