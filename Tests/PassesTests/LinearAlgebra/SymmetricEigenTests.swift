import Tensors
import Testing

@testable import Passes

@Suite struct SymmetricEigenTests {
  @Test(arguments: [1, 2, 3, 12])
  func decomposes(size: Int) {
    var generator = SeededRandom(seed: UInt64(size) + 9)
    var matrix = Matrix(rows: size, columns: size)
    for row in 0..<size {
      for column in 0...row {
        matrix[row, column] = Double.random(in: -1...1, using: &generator)
        matrix[column, row] = matrix[row, column]
      }
    }
    let eigen = SymmetricEigen(matrix)
    #expect(eigen.values == eigen.values.sorted(by: >))
    var scaled = eigen.vectors
    for row in 0..<size {
      for column in 0..<size { scaled[row, column] *= eigen.values[row] }
    }
    let rest = eigen.vectors.transposed * scaled - matrix
    #expect(rest.elements.allSatisfy { abs($0) < 1e-12 })
    #expect(SymmetricEigen(matrix).vectors == eigen.vectors)
  }
}
