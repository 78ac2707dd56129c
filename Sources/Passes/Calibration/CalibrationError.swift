package import Execution

/// Why a calibration set cannot tell a pass about a model's activations.
package enum CalibrationError: Error, Equatable, Sendable {
  /// There is not one sample.
  case empty
  /// All numbers of all inputs are the same, so that no activation has a range.
  case constant
  /// An activation is NaN or infinite.
  case notFinite(sample: Int, tensor: String)
  /// The model does not run with the samples: wrong shapes, numbers that do not go in, an operator without
  /// a kernel.
  case run(RunError)
  /// The model cannot be run at all.
  case model(ExecutionError)
}

extension CalibrationError: CustomStringConvertible {
  /// One line that says what is wrong and what to do about it.
  package var description: String {
    switch self {
    case .empty: "the calibration set holds no sample; give at least one, better 100"
    case .constant:
      "every number of the calibration set is the same; give samples of what the model will see"
    case .notFinite(let sample, let tensor):
      "tensor '\(tensor)' is not finite in calibration sample \(sample); repair the data or the model"
    case .run(let error): "the calibration set does not fit the model: \(error)"
    case .model(let error): "the model cannot be run for calibration: \(error)"
    }
  }
}
