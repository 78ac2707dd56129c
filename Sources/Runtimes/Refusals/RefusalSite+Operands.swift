import GraphIR
import Tensors

/// Demands that many kernels make; nil where a demand is met.
extension RefusalSite {
  typealias Operand = KernelProfile.Operand

  subscript(operand: Operand) -> KernelTensor? {
    switch operand {
    case .input(let position): input(position)
    case .output(let position): output(position)
    }
  }

  /// Demands that operands be there.
  func lacks(_ operands: Operand...) -> Refusal? {
    for operand in operands where self[operand] == nil {
      return refuse(.operands, "needs \(name(operand)), which is absent")
    }
    return nil
  }

  /// Demands that operands have one type.
  func differInType(_ first: Operand, _ others: Operand...) -> Refusal? {
    guard let tensor = self[first] else { return nil }
    for other in others {
      guard let type = self[other]?.type, type != tensor.type else { continue }
      return refuse(
        .types,
        "takes \(name(first)) and \(name(other)) of one type, and these are \(tensor.type) and \(type)")
    }
    return nil
  }

  /// Demands one of some types.
  func isNot(_ types: ElementType..., at operand: Operand) -> Refusal? {
    guard let type = self[operand]?.type, !types.contains(type) else { return nil }
    let names = types.map(\.description).joined(separator: " or ")
    return refuse(.types, "takes \(name(operand)) as \(names), and this is \(type)")
  }

  /// Demands a number of dimensions.
  func hasRank(outside ranks: ClosedRange<Int>, _ operands: Operand...) -> Refusal? {
    for operand in operands {
      guard let rank = self[operand]?.rank, !ranks.contains(rank) else { continue }
      let wanted = ranks.count == 1 ? "\(ranks.lowerBound)" : "\(ranks.lowerBound) to \(ranks.upperBound)"
      return refuse(
        .shape, "takes \(name(operand)) with \(wanted) dimensions, and this has \(rank)",
        "Reshape it in front of the operator, or convert the model with fewer dimensions.")
    }
    return nil
  }

  /// Demands at most so many dimensions.
  func hasRank(over most: Int, _ operands: Operand...) -> Refusal? {
    for operand in operands {
      guard let rank = self[operand]?.rank, rank > most else { continue }
      return refuse(
        .shape, "takes \(name(operand)) with up to \(most) dimensions, and this has \(rank)",
        "Reshape it in front of the operator, or convert the model with fewer dimensions.")
    }
    return nil
  }

  /// Demands at least so many dimensions.
  func hasRank(under least: Int, _ operand: Operand) -> Refusal? {
    guard let rank = self[operand]?.rank, rank < least else { return nil }
    return refuse(
      .shape, "takes \(name(operand)) with \(least) dimensions or more, and this has \(rank)",
      Remedy.fixShapes)
  }

  /// Demands as many elements in every operand.
  func differInCount(_ first: Operand, _ others: Operand...) -> Refusal? {
    guard let count = self[first]?.elementCount else { return nil }
    for other in others {
      guard let tensor = self[other], tensor.elementCount != count else { continue }
      return refuse(
        .shape, "finds \(tensor.elementCount) elements in \(name(other)) where \(name(first)) has \(count)",
        Remedy.fixShapes)
    }
    return nil
  }

  /// Demands one shape of operands.
  func differInShape(_ first: Operand, _ others: Operand...) -> Refusal? {
    guard let dimensions = self[first]?.dimensions else { return nil }
    for other in others {
      guard let tensor = self[other], tensor.dimensions != dimensions else { continue }
      return refuse(
        .shape, "takes \(name(first)) and \(name(other)) of one shape only", Remedy.fixShapes)
    }
    return nil
  }

  /// Demands constants.
  func isComputed(_ operands: Operand...) -> Refusal? {
    for operand in operands {
      guard let tensor = self[operand], !tensor.isConstant else { continue }
      return refuse(
        .computedOperand, "takes \(name(operand)) as a constant only",
        "Convert the model with fixed input shapes, so that the converter computes it.")
    }
    return nil
  }

  /// What an operand is called in a sentence.
  func name(_ operand: Operand) -> String {
    switch operand {
    case .input(let position): node.inputs.count == 1 ? "its input" : "its input \(position)"
    case .output(let position): node.outputs.count == 1 ? "its output" : "its output \(position)"
    }
  }
}
