/// What a candidate is the best at.
package enum SearchGoal: String, Sendable, CaseIterable {
  case size
  case arena
  case accuracy
  case speed

  /// The best of the candidates; ties go by what the goal leaves open, and then by key.
  ///
  /// - Parameter floor: the least accuracy, as a share.
  package func best(of contenders: [SearchState.Contender], floor: Double) -> SearchState.Contender? {
    contenders.filter { $0.figures.accuracy >= floor }.min { left, right in
      let (first, second) = (rank(left), rank(right))
      if first != second { return first.lexicographicallyPrecedes(second) }
      return left.candidate.key < right.candidate.key
    }
  }

  private func rank(_ contender: SearchState.Contender) -> [Double] {
    let figures = contender.figures
    let loss = -figures.accuracy
    let (file, arena) = (Double(figures.model.fileBytes), Double(figures.model.arenaBytes))
    // Multiply-accumulates do not tell integers from floats, which are slower on every core.
    let isFloat = contender.candidate.quantization?.precision.isInteger == true ? 0.0 : 1.0
    let choice: [Double] =
      switch self {
      case .size: [file, loss, arena, figures.work]
      case .arena: [arena, loss, file, figures.work]
      case .accuracy: [loss, file, arena, figures.work]
      case .speed: [figures.work, figures.milliseconds == nil ? isFloat : 0, loss, file, arena]
      }
    return choice + [Double(contender.candidate.options.count)]
  }
}
