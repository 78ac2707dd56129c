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

  @Test func mismatchedProductsTrap() async {
    await #expect(processExitsWith: .failure) {
      _ = Matrix(rows: 1, columns: 2) * Matrix(rows: 3, columns: 1)
    }
  }
}
