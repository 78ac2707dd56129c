package import Execution

/// Everything that `nnopt check` says; renderers only format it.
package struct CheckReport: Sendable {
  package let reference: String
  package let candidate: String
  /// Where the numbers came from, in words.
  package let dataOrigin: String
  /// What was done to the data before the models got them, one line for each input; may be empty.
  package let preprocessing: [String]
  /// For how many samples layers were compared.
  package let layerSamples: Int
  package let result: ComparisonResult
  /// The limit of `--max-drop`, in points.
  package let maximumDrop: Double?

  package init(
    reference: String, candidate: String, dataOrigin: String, preprocessing: [String], layerSamples: Int,
    result: ComparisonResult, maximumDrop: Double?
  ) {
    self.reference = reference
    self.candidate = candidate
    self.dataOrigin = dataOrigin
    self.preprocessing = preprocessing
    self.layerSamples = layerSamples
    self.result = result
    self.maximumDrop = maximumDrop
  }

  /// Points of top-1 accuracy that the candidate loses; without labels, points of disagreement. nil for
  /// models that do not rank classes.
  package var drop: Double? {
    if let before = result.reference.top1, let after = result.candidate.top1 { return 100 * (before - after) }
    return result.agreement.map { 100 * (1 - $0) }
  }

  /// How many dB each layer's SQNR lies below the lowest of the layers before it.
  package var losses: [Double] {
    var lowest = Double.infinity
    return result.layers.map { layer in
      let sqnr = layer.difference.sqnrDb
      defer { lowest = min(lowest, sqnr) }
      if sqnr >= lowest { return 0 }
      return lowest.isInfinite ? (sqnr.isFinite ? max(0, Self.highest - sqnr) : 0) : lowest - sqnr
    }
  }

  /// SQNR in dB above which a difference is only rounding of single precision.
  static let highest = 120.0
}
