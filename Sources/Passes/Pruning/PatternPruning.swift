package import GraphIR

/// Leaves at most N of every M neighbouring weights, those of the largest magnitude (N:M sparsity, such as
/// 2:4; Mishra et al. 2021).
///
/// Neighbours stand along the inputs of one output. Tensors keep their shapes.
package struct PatternPruning: Pass {
  package static let name = "prune-pattern"

  private let kept: Int
  private let of: Int

  /// - Parameters:
  ///   - kept: N, from 1 to M.
  ///   - of: M, at least 2.
  package init(keeping kept: Int, of: Int) {
    self.kept = kept
    self.of = of
  }

  /// - Throws: `PassError` for an N or M out of range, or a model that is not float32.
  package func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    guard of >= 2, kept >= 1, kept <= of else {
      throw PassError(pass: Self.name, reason: "\(kept):\(of) is no pattern; keep 1 to M of M ≥ 2 weights")
    }
    try FloatModelCheck.require(model, for: Self.name)
    let before = WeightTensors(model.graphs[0])
    var after = before
    var isChanged = false
    for index in after.entries.indices {
      let entry = after.entries[index]
      let place = entry.node.title(entry.name)
      if entry.isDepthwise {
        log.refused(Self.name, place, "a depthwise filter has one input for each output, so no neighbours")
      } else if entry.rowLength % of != 0 {
        log.refused(Self.name, place, "its rows of \(entry.rowLength) weights are no multiple of \(of)")
      } else {
        isChanged = true
        clear(&after.entries[index].numbers)
      }
    }
    guard isChanged else { return }
    after.store(in: &model)
    after.report(before, Self.name, &log)
  }

  private func clear(_ numbers: inout [Float]) {
    var keys = [UInt64](repeating: 0, count: of)
    for start in stride(from: 0, to: numbers.count - of + 1, by: of) {
      // By size, the largest first; of equal ones, the first.
      for index in 0..<of {
        keys[index] =
          UInt64(~numbers[start + index].sizeKey) << 32 | UInt64(UInt32(truncatingIfNeeded: index))
      }
      keys.sort()
      for key in keys[kept...] { numbers[start + Int(UInt32(truncatingIfNeeded: key))] = 0 }
    }
  }
}
