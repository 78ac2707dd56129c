import Foundation

extension FusedActivation {
  /// The activation of a float, as recurrent operators apply it (`ActivationValFloat`).
  @inline(__always)
  func apply(_ x: Float) -> Float {
    switch self {
    case .none: x
    case .relu: max(0, x)
    case .reluN1To1: max(-1, min(x, 1))
    case .relu6: max(0, min(x, 6))
    case .tanh: tanhf(x)
    case .signBit: x.sign == .minus ? 1 : 0
    }
  }
}
