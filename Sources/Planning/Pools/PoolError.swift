package import MemoryPlanning

/// Why a model has no plan for several memories.
package enum PoolError: Error, Equatable {
  case planning(PlanningError)
  /// The activations do not fit the pools: a sentence with what is missing.
  case doesNotFit(String)
}

extension PoolError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .planning(let error): "\(error)"
    case .doesNotFit(let reason): reason
    }
  }
}
