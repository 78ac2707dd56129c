/// Affine quantization of a tensor: real = scale · (stored − zeroPoint).
package struct Quantization: Hashable, Sendable {
  /// Smallest real values seen, for the record; may be empty or absent.
  package var min: [Float]?
  /// Largest real values seen, for the record; may be empty or absent.
  package var max: [Float]?
  /// One scale for the tensor, or one for every index of `axis`; absent or empty when not quantized.
  package var scales: [Float]?
  /// As many zero points as scales, or one for all of them, or none.
  package var zeroPoints: [Int64]?
  /// The dimension along which scales differ when there are several.
  package var axis: Int

  package init(
    min: [Float]? = nil, max: [Float]? = nil, scales: [Float]?, zeroPoints: [Int64]?, axis: Int = 0
  ) {
    self.min = min
    self.max = max
    self.scales = scales
    self.zeroPoints = zeroPoints
    self.axis = axis
  }

  /// Whether real numbers can be recovered: at least one scale is given.
  package var isQuantized: Bool { !(scales ?? []).isEmpty }

  /// Whether scales differ along `axis`.
  package var isPerChannel: Bool { (scales ?? []).count > 1 }
}

extension Quantization {
  /// The axis along which scales differ, in a tensor of so many dimensions: of one there is no other, whatever the file
  /// says (person_detect of TFLM names axis 3 for its biases).
  package func axis(ofRank rank: Int) -> Int { rank == 1 ? 0 : axis }
}
