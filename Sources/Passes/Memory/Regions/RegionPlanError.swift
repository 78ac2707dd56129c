package import MemoryPlanning

/// Why a model has no plan for memory regions.
package enum RegionPlanError: Error, Equatable {
  case planning(PlanningError)
  /// The activations do not fit the regions: a sentence with what is missing.
  case doesNotFit(String)
}

extension RegionPlanError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .planning(let error): "\(error)"
    case .doesNotFit(let reason): reason
    }
  }
}
