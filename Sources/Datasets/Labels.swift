import Tensors

/// The true class of every sample.
package struct Labels: Sendable, Equatable {
  /// Where they come from, for errors.
  package let file: String
  package let values: [Int]

  package init(_ values: [Int], file: String) {
    self.values = values
    self.file = file
  }

  /// Reads class numbers: a .npy of integers, N or N×1, or a CSV whose only or last column they are.
  ///
  /// - Throws: `DataError` naming the first label that is no class number.
  package static func read(_ path: String) throws(DataError) -> Labels {
    if path.lowercased().hasSuffix(".npy") {
      return try Labels(try NumPyFile.read(path), file: path)
    }
    let table = try NumberTable.read(path)
    let last = table.columns - 1
    let numbers = (0..<table.rows).map { table.numbers[$0 * table.columns + last] }
    return Labels(try values(numbers, file: path), file: path)
  }

  /// - Parameter array: integers, N or N×1.
  package init(_ array: NumericArray, file: String) throws(DataError) {
    guard array.shape.dimensions.filter({ $0 != 1 }).count <= 1 else {
      throw .unsupported(
        file: file, reason: "the labels are \(array.shape); give one class number for each sample")
    }
    if let integers = NumericElements.integers(array.bytes, array.elementType) {
      self.init(try Self.values(integers.map(Double.init), file: file), file: file)
    } else {
      let floats = NumericElements.floats(array.bytes, array.elementType) ?? []
      self.init(try Self.values(floats.map(Double.init), file: file), file: file)
    }
  }

  /// - Throws: `labelCount` unless there is one label for each sample.
  package func check(sampleCount: Int) throws(DataError) {
    guard values.count == sampleCount else {
      throw .labelCount(file: file, labels: values.count, samples: sampleCount)
    }
  }

  private static func values(_ numbers: [Double], file: String) throws(DataError) -> [Int] {
    var values: [Int] = []
    for (index, number) in numbers.enumerated() {
      guard let value = Int(exactly: number), value >= 0 else {
        throw .invalidLabel(
          file: file, index: index, reason: "is \(number); class numbers are 0, 1, 2 and so on")
      }
      values.append(value)
    }
    return values
  }
}
