import Tensors

/// What may be spent on operators that stay at more than 8 bits.
package enum PreciseBudget: Sendable, Hashable {
  /// So many operators.
  case operators(Int)
  /// So much larger a file, as a share of the int8 model's.
  case growth(Double)
  /// As much as brings the ratio of signal to noise of the answers to so many decibels.
  case decibels(Double)

  /// Such as `10 % kept precise`.
  package var words: String {
    switch self {
    case .operators(let count): "\(count.counted("operator")) kept precise"
    case .growth(let share): "\(Int((100 * share).rounded())) % for precise operators"
    case .decibels(let wanted): "precise up to \(wanted) dB"
    }
  }
}
