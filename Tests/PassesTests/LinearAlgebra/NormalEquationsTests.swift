import Tensors
import Testing

@testable import Passes

@Suite struct NormalEquationsTests {
  private func problem(rows: Int) -> NormalEquations {
    var generator = SeededRandom(seed: 3)
    var equations = NormalEquations(inputCount: 2, outputCount: 1)
    for _ in 0..<rows {
      let (x, y) = (Double.random(in: -1...1, using: &generator), Double.random(in: 0...1, using: &generator))
      equations.add(
        Matrix(rows: 1, columns: 3, elements: [x, y, 1]),
        Matrix(rows: 1, columns: 1, elements: [3 * x - 2 * y + 0.5]))
    }
    return equations
  }

  @Test func findsWeightsAndBias() throws {
    let equations = problem(rows: 50)
    let weights = try #require(equations.solve(near: Matrix(rows: 3, columns: 1), damping: 1e-12))
    for (found, wanted) in zip(weights.elements, [3, -2, 0.5]) { #expect(abs(found - wanted) < 1e-8) }
    #expect(equations.squaredErrors(of: weights)[0] < 1e-12)
    #expect(equations.squaredErrors(of: Matrix(rows: 3, columns: 1))[0] == equations.energy[0])
  }

  @Test func weightsThatFitStay() throws {
    let prior = Matrix(rows: 3, columns: 1, elements: [3, -2, 0.5])
    let weights = try #require(problem(rows: 1).solve(near: prior, damping: 1))
    for (found, wanted) in zip(weights.elements, prior.elements) { #expect(abs(found - wanted) < 1e-12) }
  }

  @Test func partsAddUp() {
    var sum = problem(rows: 10)
    sum.add(problem(rows: 10))
    #expect(sum.rowCount == 20)
    #expect(abs(sum.gram[2, 2] - 20) < 1e-12)
    #expect(abs(sum.covariance[0, 1] - problem(rows: 10).covariance[0, 1]) < 1e-12)
  }

  @Test func nothingToSolveIsNil() {
    let equations = NormalEquations(inputCount: 1, outputCount: 1)
    #expect(equations.solve(near: Matrix(rows: 2, columns: 1), damping: 1) == nil)
  }
}
