import Tensors
import Testing

@testable import Passes

@Suite struct CholeskyTests {
  @Test(arguments: [1, 2, 5, 23, 70])
  func solvesAndInverts(size: Int) throws {
    var generator = SeededRandom(seed: UInt64(size))
    let elements = (0..<size * size).map { _ in Double.random(in: -1...1, using: &generator) }
    let root = Matrix(rows: size, columns: size, elements: elements)
    var system = root * root.transposed
    for index in 0..<size { system[index, index] += 0.5 }
    let factor = try #require(Cholesky(system))
    let unit = system * factor.inverse
    for row in 0..<size {
      for column in 0..<size { #expect(abs(unit[row, column] - (row == column ? 1 : 0)) < 1e-10) }
    }
    let right = Matrix(rows: size, columns: size + 1, elements: (0..<size * (size + 1)).map(Double.init))
    let rest = system * factor.solve(right) - right
    #expect(rest.elements.allSatisfy { abs($0) < 1e-7 })
  }

  @Test func refusesWhatIsNotPositiveDefinite() {
    #expect(Cholesky(Matrix(rows: 2, columns: 2, elements: [1, 2, 2, 1])) == nil)
    #expect(Cholesky(Matrix(rows: 1, columns: 1, elements: [.nan])) == nil)
    #expect(Cholesky(Matrix(rows: 1, columns: 1)) == nil)
  }
}
