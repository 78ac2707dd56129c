/// Exponential and logarithm by sums and products alone: unlike those of the system, with the same bits on every
/// machine, so that files which depend on them are the same everywhere.
enum PortableMath {
  private static let logarithmOfTwo = 0.693_147_180_559_945_3

  /// eˣ within 10⁻¹⁴ of itself; 0 below −600, and as for 600 above.
  static func exponential(_ x: Double) -> Double {
    guard x > -600 else { return x.isNaN ? x : 0 }
    let power = (min(x, 600) / logarithmOfTwo).rounded()
    let rest = min(x, 600) - power * logarithmOfTwo
    var result = 1.0
    for divisor in stride(from: 13.0, to: 0, by: -1) { result = 1 + result * rest / divisor }
    return Double(sign: .plus, exponent: Int(power), significand: result)
  }

  /// The natural logarithm of a positive, normal number, within 10⁻¹⁴; NaN of others.
  static func logarithm(_ x: Double) -> Double {
    guard x.isNormal, x > 0 else { return .nan }
    let part = (x.significand - 1) / (x.significand + 1)
    let square = part * part
    var sum = 0.0
    for odd in stride(from: 29.0, to: 0, by: -2) { sum = sum * square + 1 / odd }
    return 2 * part * sum + Double(x.exponent) * logarithmOfTwo
  }

  /// 1 / (1 + e⁻ˣ).
  static func logistic(_ x: Float) -> Float { Float(1 / (1 + exponential(Double(-x)))) }

  /// The hyperbolic tangent.
  static func tanh(_ x: Float) -> Float { Float(1 - 2 / (exponential(2 * Double(x)) + 1)) }
}
