import GraphIR
import Tensors

/// How an array's axes map to the samples of an input.
///
/// Axes of size 1 do not count. For an input 1×28×28×1 an array is N×28×28, N×28×28×1, N×784, or
/// 28×28 for a single sample.
enum SampleShape {
  /// How many samples an array holds, or nil where its shape does not fit the input's.
  static func sampleCount(of array: Shape, for input: Shape) -> Int? {
    let wanted = significant(input.dimensions)
    guard input.elementCount > 0, array.elementCount > 0 else { return nil }
    if let count = array.dimensions.first {
      let rest = Array(array.dimensions.dropFirst())
      let isFlat = significant(rest) == [input.elementCount]
      if significant(rest) == wanted || (isFlat && wanted.count > 1) { return count }
    }
    if significant(array.dimensions) == wanted { return 1 }
    return batchCount(of: array, for: input)
  }

  /// Arrays whose first axis runs through several batches of an input whose batch is not 1.
  private static func batchCount(of array: Shape, for input: Shape) -> Int? {
    guard let batch = input.dimensions.first, batch > 1, let count = array.dimensions.first,
      count % batch == 0,
      significant(Array(array.dimensions.dropFirst())) == significant(Array(input.dimensions.dropFirst()))
    else { return nil }
    return count / batch
  }

  /// The shape that data for an input should have, such as `N×28×28×1`.
  static func expectation(for input: Shape) -> String {
    let dimensions = input.dimensions.first == 1 ? Array(input.dimensions.dropFirst()) : input.dimensions
    return (["N"] + dimensions.map(String.init)).joined(separator: "×")
  }

  /// What may have gone wrong.
  static func hint(for array: Shape, input: Shape) -> String? {
    guard input.rank == 4, input[0] == 1 else { return nil }
    let channelsFirst = [input[3], input[1], input[2]]
    if array.rank == 4, Array(array.dimensions.dropFirst()) == channelsFirst {
      return "the channels come first; transpose them to the end"
    }
    if array.rank == 4, array[3] == input[3] { return "resize the images to \(input[1])×\(input[2])" }
    return nil
  }

  private static func significant(_ dimensions: [Int]) -> [Int] { dimensions.filter { $0 != 1 } }
}
