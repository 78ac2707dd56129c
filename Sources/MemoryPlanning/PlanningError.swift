/// What is wrong with a scheduling or placement problem, or with an answer to one.
package enum PlanningError: Error, Equatable {
  /// A step or buffer index that does not exist, a negative size, an empty lifetime.
  case invalidProblem(String)
  /// Steps that wait for each other.
  case cyclicPrecedence(step: Int)
  /// A CSV line that cannot be read; lines count from 1.
  case invalidCSV(line: Int, reason: String)
  /// An answer that breaks a rule of its problem.
  case invalidAnswer(String)
}

extension PlanningError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .invalidProblem(let reason): reason
    case .cyclicPrecedence(let step): "step \(step) has to wait for itself: the steps form a cycle"
    case .invalidCSV(let line, let reason): "line \(line): \(reason)"
    case .invalidAnswer(let reason): reason
    }
  }
}
