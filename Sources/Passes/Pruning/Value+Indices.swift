import GraphIR
import Tensors

extension Value {
  /// Keeps some indices along the first or the last axis (0 or -1) of a constant, and their scales.
  mutating func keep(_ indices: [Int], along axis: Int) {
    guard let shape, let count = axis == 0 ? shape.dimensions.first : shape.dimensions.last,
      let bits = elementType.bitWidth, bits % 8 == 0, count > 0
    else { return }
    let stored = data.bytes
    let inner = (axis == 0 ? shape.elementCount / count : 1) * bits / 8
    let outer = axis == 0 ? 1 : shape.elementCount / count
    let runs = Self.runs(of: indices)
    var result: [UInt8] = []
    result.reserveCapacity(outer * indices.count * inner)
    for row in 0..<outer {
      let start = stored.startIndex + row * count * inner
      for run in runs {
        result += stored[(start + run.lowerBound * inner)..<(start + run.upperBound * inner)]
      }
    }
    data = TensorData(result)
    let position = axis == 0 ? 0 : shape.rank - 1
    dimensions?[position] = Int32(clamping: indices.count)
    if (shapeSignature?.count ?? 0) > position {
      shapeSignature?[position] = Int32(clamping: indices.count)
    }
    if quantization?.axis(ofRank: shape.rank) == position { quantization?.keep(indices, of: count) }
  }

  /// Indices that follow each other as one range.
  private static func runs(of indices: [Int]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for index in indices {
      if let last = runs.last, last.upperBound == index {
        runs[runs.count - 1] = last.lowerBound..<index + 1
      } else {
        runs.append(index..<index + 1)
      }
    }
    return runs
  }
}

extension Quantization {
  /// Keeps what belongs to some indices of the axis, where there is one for each.
  fileprivate mutating func keep(_ indices: [Int], of count: Int) {
    func kept<Number>(_ numbers: [Number]?) -> [Number]? {
      guard let numbers, numbers.count == count, count > 1 else { return numbers }
      return indices.map { numbers[$0] }
    }
    (min, max) = (kept(min), kept(max))
    (scales, zeroPoints) = (kept(scales), kept(zeroPoints))
  }
}
