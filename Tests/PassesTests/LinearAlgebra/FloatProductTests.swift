import Operators
import Testing
import _TestSupport

@testable import Passes

@Suite struct FloatProductTests {
  /// Every shape around the block of four rows and eight columns.
  @Test(arguments: [1, 3, 4, 5, 9], [1, 7, 8, 9, 17])
  func productsAreTheSums(rows: Int, columns: Int) {
    for (inner, isTransposed) in [(1, false), (6, true), (6, false)] {
      var generator = SeededGenerator(seed: UInt64(rows * 100 + columns))
      var numbers = (0..<rows * inner + inner * columns + rows * columns).map { _ in
        Float(Int.random(in: -8...8, using: &generator))
      }
      let before = numbers
      unsafe numbers.withUnsafeMutableBufferPointer { storage in
        guard let base = storage.baseAddress else { return }
        let left = unsafe TensorBuffer(base: base, count: rows * inner)
        let right = unsafe TensorBuffer(base: base + rows * inner, count: inner * columns)
        let target = unsafe TensorBuffer(
          base: base + rows * inner + inner * columns, count: rows * columns)
        FloatMatrix(target, rows: rows, columns: columns).addProduct(
          FloatMatrix(left, rows: rows, columns: inner, isTransposed: isTransposed),
          FloatMatrix(right, rows: inner, columns: columns))
      }
      for row in 0..<rows {
        for column in 0..<columns {
          let place = rows * inner + inner * columns + row * columns + column
          var sum = before[place]
          for index in 0..<inner {
            let left = before[isTransposed ? index * rows + row : row * inner + index]
            sum += left * before[rows * inner + index * columns + column]
          }
          #expect(numbers[place] == sum)
        }
      }
    }
  }
}
