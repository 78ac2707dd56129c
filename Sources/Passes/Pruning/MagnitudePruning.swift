package import GraphIR

/// Sets the weights of the smallest magnitude to zero, in the whole model or in every layer (Han et al. 2015).
///
/// Tensors keep their shapes: what shrinks is the compressed file only.
package struct MagnitudePruning: Pass {
  package static let name = "prune-weights"

  /// Among which weights the smallest are looked for.
  package enum Scope: Sendable {
    case model
    case layer
  }

  private let fraction: Double
  private let scope: Scope

  /// - Parameter fraction: the part of the weights that becomes zero, from 0 to 1.
  package init(fraction: Double, scope: Scope = .model) {
    self.fraction = fraction
    self.scope = scope
  }

  /// - Throws: `PassError` for a fraction outside 0...1 or a model that is not float32.
  package func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    guard fraction >= 0, fraction <= 1 else {
      throw PassError(pass: Self.name, reason: "the part to remove is \(fraction); give one from 0 to 1")
    }
    try FloatModelCheck.require(model, for: Self.name)
    let before = WeightTensors(model.graphs[0])
    guard before.count > 0 else {
      throw PassError(pass: Self.name, reason: "the model has no float32 weights")
    }
    var after = before
    switch scope {
    case .model: clear(&after, Array(after.entries.indices))
    case .layer: for entry in after.entries.indices { clear(&after, [entry]) }
    }
    after.store(in: &model)
    after.report(before, Self.name, &log)
  }

  /// Clears the smallest numbers of some tensors; of equal ones, the first.
  private func clear(_ weights: inout WeightTensors, _ entries: [Int]) {
    let places = entries.flatMap { entry in
      weights.entries[entry].numbers.indices.map { (entry: entry, index: $0) }
    }
    let sizes = places.map { place in abs(weights.entries[place.entry].numbers[place.index]) }
    let order = places.indices.sorted { (sizes[$0], $0) < (sizes[$1], $1) }
    let count = Int((Double(places.count) * fraction).rounded(.down))
    for position in order.prefix(count) {
      weights.entries[places[position].entry].numbers[places[position].index] = 0
    }
  }
}
