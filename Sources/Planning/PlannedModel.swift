package import GraphIR
package import MemoryPlanning

/// A model with its plan written down for a runtime, and what that takes before and after.
package struct PlannedModel: Sendable {
  /// What the written model makes the runtime do.
  package private(set) var plan: Plan
  /// The peak of live bytes of the best order that was found, written or not.
  package let searchedPeakBytes: Int
  /// The model with its operators in the plan's order, and the offsets in its metadata.
  package let model: Model
  /// What the runtime takes for the model as it came.
  package private(set) var stock: Charge
  /// What it takes for the planned model.
  package let charge: Charge
  /// Whether the planned model is the one that came: no plan takes less.
  package let isUnchanged: Bool
  /// Whether the plan's offsets stand in the model.
  package let hasOffsets: Bool
  /// What is wrong with the offsets that the model brought; nil where it brought none or good ones.
  package let faultOfOwnPlan: String?

  /// Whether no order and no offsets make the runtime's head smaller.
  package var isHeadProved: Bool { plan.isProved && charge.headBytes <= plan.arenaBytes }

  /// What another runtime takes for the model as it came and for the planned one.
  ///
  /// - Throws: `PlanningError` where a tensor is too large for the runtime.
  package func charges(
    by other: some Runtime, of original: Model
  ) throws(PlanningError) -> (stock: Charge, planned: Charge) {
    let stock = try other.charge(for: original, planned: nil)
    return (stock, isUnchanged ? stock : try other.charge(for: model, planned: plan))
  }

  /// This planned model on a runtime that allows all that it needs, with what that takes.
  ///
  /// - Throws: `PlanningError` where a tensor is too large for the runtime.
  package func charged(by other: some Runtime, of original: Model) throws(PlanningError) -> PlannedModel {
    let charges = try charges(by: other, of: original)
    return PlannedModel(
      plan: charges.planned.places.map(plan.placed) ?? plan, searchedPeakBytes: searchedPeakBytes,
      model: model,
      stock: charges.stock, charge: charges.planned, isUnchanged: isUnchanged, hasOffsets: hasOffsets,
      faultOfOwnPlan: faultOfOwnPlan)
  }

  /// This planned model with another stock charge: that of a model that this one was made of.
  package func with(stock: Charge) -> PlannedModel {
    var result = self
    result.stock = stock
    return result
  }

  /// This planned model with another plan in the place of its own, whether or not it is true.
  func with(_ plan: Plan) -> PlannedModel {
    var result = self
    result.plan = plan
    return result
  }
}
