import Execution
import GraphIR

/// How much the errors of a layer's weights matter to its outputs, by the second moments of its inputs.
///
/// Errors of weights e change an output by eᵀ·H·e on average, H the second moments of the layer's rows of
/// inputs around zero: the bias corrects the mean, but not that at the borders. Whole numbers near the least are
/// found weight by weight, each making up for the errors of those before it (Babai's nearest plane, 1986; in
/// the order of decreasing size it is what GPTQ does: Frantar et al., "Accurate post-training
/// quantization for generative pre-trained transformers", 2022).
struct RoundingMetric: Sendable {
  /// One for all output channels, or one for each.
  private let forms: [Form]

  fileprivate struct Form: Sendable {
    /// Weights of a channel by increasing size of what they multiply.
    let order: [Int]
    /// L with L·Lᵀ = H, in that order; numbers above the diagonal mean nothing.
    let factor: Matrix
    /// What weights multiply, on average.
    let means: [Double]
    /// The mean square of what weights multiply.
    let squares: [Double]
  }

  /// - Parameter moments: of the rows of inputs: one for all channels, or one for each.
  /// - Returns: nil where rows are too few to tell, or moments are not positive definite in spite of damping.
  init?(_ moments: [NormalEquations]) {
    var forms: [Form] = []
    for moment in moments {
      let count = moment.inputCount
      guard moment.rowCount >= Self.leastRowsPerWeight * count else { return nil }
      let gram = moment.gram
      let order = (0..<count).sorted { (gram[$0, $0], $0) < (gram[$1, $1], $1) }
      var sorted = gram.selecting(rows: order, columns: order)
      let mean = (0..<count).reduce(0) { $0 + sorted[$1, $1] } / Double(max(count, 1))
      for index in 0..<count { sorted[index, index] += Self.damping * mean }
      guard let factor = Cholesky(sorted) else { return nil }
      forms.append(
        Form(
          order: order, factor: factor.lower, means: moment.means,
          squares: (0..<count).map { gram[$0, $0] }))
    }
    guard !forms.isEmpty else { return nil }
    self.forms = forms
  }

  /// What is added to the diagonal, as a share of its mean.
  private static let damping = 0.01
  /// Moments of fewer rows fit the samples instead of the data.
  private static let leastRowsPerWeight = 4

  /// Whole numbers for the weights of one output channel, with no larger error than the nearest ones have.
  ///
  /// - Parameters:
  ///   - weights: in steps of their scale.
  ///   - limit: the largest magnitude.
  func rounded(_ weights: [Double], channel: Int, limit: Double) -> [Double] {
    let form = forms[forms.count == 1 ? 0 : channel]
    let count = weights.count
    precondition(form.order.count == count, "\(count) weights for \(form.order.count) inputs")
    let nearest = weights.map { WholeSteps.nearest($0, limit: limit) }
    var result = nearest
    var pulls = [Double](repeating: 0, count: count)
    for place in (0..<count).reversed() {
      let own = form.order[place]
      result[own] = WholeSteps.nearest(
        weights[own] + pulls[place] / form.factor[place, place], limit: limit)
      VectorLoops.addScaled(
        weights[own] - result[own], form.factor.elements, place * count, to: &pulls, 0, count: place)
    }
    return form.error(weights, result) <= form.error(weights, nearest) ? result : nearest
  }

  /// What the errors of one channel's weights add to the square of its output, in units of `weights` squared.
  func error(_ weights: [Double], _ stored: [Double], channel: Int) -> Double {
    forms[forms.count == 1 ? 0 : channel].error(weights, stored)
  }

  /// The mean square of what each weight of a channel multiplies, up to a common factor.
  func squares(channel: Int) -> [Double] { forms[forms.count == 1 ? 0 : channel].squares }

  /// What errors of one channel's weights add to the mean of its output.
  func meanError(_ errors: [Double], channel: Int) -> Double {
    zip(forms[forms.count == 1 ? 0 : channel].means, errors).reduce(0) { $0 + $1.0 * $1.1 }
  }
}

extension RoundingMetric.Form {
  /// eᵀ·H·e of the errors that stored weights have.
  fileprivate func error(_ weights: [Double], _ stored: [Double]) -> Double {
    let count = order.count
    var parts = [Double](repeating: 0, count: count)
    for (place, own) in order.enumerated() {
      VectorLoops.addScaled(
        weights[own] - stored[own], factor.elements, place * count, to: &parts, 0, count: place + 1)
    }
    return parts.reduce(0) { $0 + $1 * $1 }
  }
}
