import Foundation
package import Tensors

/// How far one signal is from another, summed over elements and samples.
package struct SignalDifference: Sendable, Equatable {
  /// Sum of squares of the reference.
  package private(set) var signal = 0.0
  /// Sum of squares of the differences.
  package private(set) var noise = 0.0
  /// The largest difference; infinite where one side is NaN and the other is not.
  package private(set) var maxDifference = 0.0
  /// Bytes that differ; nil where the two sides have different types.
  package private(set) var differingBytes: Int? = 0

  package init() {}

  /// Signal-to-quantization-noise ratio; infinite where nothing differs.
  package var sqnrDb: Double { noise == 0 ? .infinity : 10 * log10(signal / noise) }

  /// Adds the elements of one sample.
  package mutating func add(_ reference: [Float], _ candidate: [Float]) {
    for (left, right) in zip(reference, candidate) where left.bitPattern != right.bitPattern {
      let difference = Self.difference(left, right)
      maxDifference = max(maxDifference, difference)
      noise += difference * difference
    }
    for element in reference where element.isFinite { signal += Double(element) * Double(element) }
  }

  /// Counts the bytes that differ, where both sides have as many and mean the same by them; all NaNs are one.
  ///
  /// - Parameter type: of both; nil where they have different ones.
  package mutating func addBytes(_ reference: [UInt8], _ candidate: [UInt8], as type: ElementType?) {
    guard let type, reference.count == candidate.count, let count = differingBytes else {
      differingBytes = nil
      return
    }
    if reference == candidate { return }
    let (left, right) = (type.withOneNaN(reference), type.withOneNaN(candidate))
    differingBytes = count + zip(left, right).count { $0 != $1 }
  }

  /// Adds the sums of other samples.
  package mutating func merge(_ other: SignalDifference) {
    signal += other.signal
    noise += other.noise
    maxDifference = max(maxDifference, other.maxDifference)
    if let left = differingBytes, let right = other.differingBytes {
      differingBytes = left + right
    } else {
      differingBytes = nil
    }
  }

  private static func difference(_ left: Float, _ right: Float) -> Double {
    if left == right || (left.isNaN && right.isNaN) { return 0 }
    let difference = abs(Double(left) - Double(right))
    return difference.isNaN ? .infinity : difference
  }
}
