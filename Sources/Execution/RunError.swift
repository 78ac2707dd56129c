package import Datasets

/// Why samples could not be run.
package enum RunError: Error, Equatable, Sendable {
  /// The data of a sample cannot be given to the model.
  case data(DataError)
  /// A model failed with a sample.
  case execution(sample: Int, ExecutionError)
  /// Two models cannot be compared; the text says why.
  case incomparable(String)
}

extension RunError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .data(let error): error.description
    case .execution(let sample, let error): "sample \(sample): \(error)"
    case .incomparable(let reason): reason
    }
  }
}
