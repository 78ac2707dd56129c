import Testing

@testable import Passes

@Suite struct MatrixTests {
  private let matrix = Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])

  @Test func transposesAndSelects() {
    #expect(matrix.transposed == Matrix(rows: 3, columns: 2, elements: [1, 4, 2, 5, 3, 6]))
    #expect(
      matrix.selecting(rows: [1], columns: [2, 0]) == Matrix(rows: 1, columns: 2, elements: [6, 4]))
  }

  @Test func multipliesAndSubtracts() {
    let square = matrix * matrix.transposed
    #expect(square == Matrix(rows: 2, columns: 2, elements: [14, 32, 32, 77]))
    #expect(square - square == Matrix(rows: 2, columns: 2))
  }

  /// Widths around the 8 and 32 columns that are computed at a time.
  @Test(arguments: [1, 7, 8, 31, 32, 41])
  func wideProductsAreTheSums(width: Int) {
    let left = Matrix(rows: 3, columns: 5, elements: (0..<15).map { Double($0 % 7) - 3 })
    let right = Matrix(rows: 5, columns: width, elements: (0..<5 * width).map { Double($0 % 11) - 5 })
    let product = left * right
    for row in 0..<3 {
      for column in 0..<width {
        #expect(product[row, column] == (0..<5).reduce(0) { $0 + left[row, $1] * right[$1, column] })
      }
    }
  }

  @Test func mismatchedProductsTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix(rows: 1, columns: 2) * Matrix(rows: 3, columns: 1)
    }
  }
}
