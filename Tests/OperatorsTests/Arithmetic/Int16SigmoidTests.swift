import Foundation
import Operators
import Testing

@Suite struct Int16SigmoidTests {
  @Test func functionsAreCloseToTheRealOnes() {
    let sigmoid = Int16Sigmoid(multiplier: 0, shift: 0)
    for raw in stride(from: -32768, through: 32767, by: 37) {
      let real = Double(raw) / 4096
      let logistic = Double(sigmoid.logistic(Int16(raw))) / 32768
      #expect(abs(logistic - 1 / (1 + exp(-real))) < 3e-4)
      let tangent = Double(sigmoid.tanh(Int16(raw))) / 32768
      #expect(abs(tangent - tanh(real)) < 6e-4)
    }
  }

  @Test func theEndsSaturate() {
    let steep = Int16Sigmoid(multiplier: 0, shift: 12)
    #expect(steep.logistic(.max) == .max && steep.logistic(.min) == 1)
    #expect(steep.tanh(.max) == .max && steep.tanh(.min) == -.max)
  }
}
