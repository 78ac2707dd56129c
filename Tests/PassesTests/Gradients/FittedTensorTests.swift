import GraphIR
import Testing
import _TestSupport

@testable import Passes

@Suite struct FittedTensorTests {
  private func tensors() -> [FittedTensor] {
    var graphs = FloatGraphs()
    let x = graphs.builder.input("x", [1, 3], .float32)
    let output = graphs.dense(x, outputs: 3, weights: [2, -2, 2, -2, 2, -2, 2, -2, 2])
    return FittedTensor.all(of: graphs.model(outputs: [output]).graphs[0], rate: 0.01)
  }

  /// Adam's first step is the rate, against the slope; here 0.01 of a root mean square of 2.
  @Test func firstStepIsTheRate() {
    var weights = tensors()[0]
    let before = weights.numbers
    weights.step([1, -1, 5, -5, 0.1, -0.1, 1, 1, 1], number: 1, part: 0.5)
    for (index, sign) in [1, -1, 1, -1, 1, -1, 1, 1, 1].enumerated() {
      #expect(abs(before[index] - weights.numbers[index] - 0.01 * Float(sign)) < 1e-4)
    }
  }

  @Test func stepsFollowTheMeanSlope() {
    var weights = tensors()[0]
    let before = weights.numbers[8]
    for number in 1...20 {
      weights.step([Float](repeating: number % 2 == 0 ? 1 : -1, count: 9), number: number, part: 1)
    }
    #expect(abs(weights.numbers[8] - before) < 0.05)
    #expect(tensors().count == 2)
  }
}
