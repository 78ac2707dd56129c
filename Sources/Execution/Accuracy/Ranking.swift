/// The order of a model's scores.
package enum Ranking {
  /// The class with the best score, the first of equal ones; nil where there is no number.
  package static func best(_ scores: [Float]) -> Int? {
    var best: Int?
    for (index, score) in scores.enumerated() where !score.isNaN {
      if let other = best, scores[other] >= score { continue }
      best = index
    }
    return best
  }

  /// How many classes stand before a class: 0 for the best. Equal scores stand in class order.
  ///
  /// - Returns: nil where the scores have no such class, or it has no number.
  package static func rank(of category: Int, in scores: [Float]) -> Int? {
    guard scores.indices.contains(category), !scores[category].isNaN else { return nil }
    let own = scores[category]
    return scores.indices.count { scores[$0] > own || (scores[$0] == own && $0 < category) }
  }
}
