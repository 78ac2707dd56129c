/// What is done to data before a model's input quantizes it: (x − mean) · scale, computed in double
/// precision and rounded to float32 once.
package struct Preprocessing: Sendable, Equatable {
  package let mean: Double?
  package let scale: Double?

  package init(mean: Double? = nil, scale: Double? = nil) {
    self.mean = mean
    self.scale = scale
  }

  package static let none = Preprocessing()

  /// Whether data stay as they are.
  package var isNone: Bool { mean == nil && scale == nil }

  @inline(__always)
  func apply(_ x: Float) -> Float { Float((Double(x) - (mean ?? 0)) * (scale ?? 1)) }
}

extension Preprocessing: CustomStringConvertible {
  /// Such as `(x − 127.5) · 0.0078125`.
  package var description: String {
    switch (mean, scale) {
    case (nil, nil): "x"
    case (let mean?, nil): "x − \(mean)"
    case (nil, let scale?): "x · \(scale)"
    case (let mean?, let scale?): "(x − \(mean)) · \(scale)"
    }
  }
}
