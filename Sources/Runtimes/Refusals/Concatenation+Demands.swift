import GraphIR
import Tensors

extension NodeRefusals {
  /// Operands that the kernel has room for.
  private static let mostOperands = 10

  static func concatenation(_ site: RefusalSite) -> Refusal? {
    let count = site.node.inputs.count
    if count > mostOperands {
      return site.refuse(
        .operands, "takes up to \(mostOperands) operands, and this has \(count)",
        "Join them in steps, \(mostOperands) at a time.")
    }
    if site.activation != .none {
      return site.refuse(.options, "has no fused activation", "Put the activation behind it as an operator.")
    }
    for position in 0..<count {
      if let refusal = site.lacks(.input(position)) ?? site.differInType(.output(0), .input(position))
        ?? scales(site, position)
      {
        return refusal
      }
    }
    return site.unchecked(joinedShape(site))
  }

  private static func scales(_ site: RefusalSite, _ position: Int) -> Refusal? {
    switch site.output(0)?.type {
    case .int8: site.differInScale(.input(position), .output(0))
    case .int16:
      site.isAsymmetric16(.input(position), .output(0))
        ?? (site.differInScale(.input(position), .output(0)) == nil
          ? nil
          : site.misreads(
            .quantization, "does not rescale int16, and its operands and output have other scales",
            Remedy.requantize))
    default: nil
    }
  }

  private static func joinedShape(_ site: RefusalSite) -> Refusal? {
    guard let output = site.output(0) else { return nil }
    let axis = site.node.attributes.integer("axis")
    let along = axis < 0 ? axis + output.rank : axis
    let inputs = site.inputs
    guard output.dimensions.indices.contains(along) else {
      return site.refuse(.options, "has no axis \(axis) for \(output.rank) dimensions", Remedy.convert)
    }
    var others = output.dimensions
    others.remove(at: along)
    var total = 0
    for input in inputs {
      var dimensions = input.dimensions
      guard dimensions.indices.contains(along) else {
        return site.refuse(.shape, "takes operands with as many dimensions as its result", Remedy.fixShapes)
      }
      total += dimensions.remove(at: along)
      if dimensions != others {
        return site.refuse(.shape, "finds operands that differ beside the axis", Remedy.fixShapes)
      }
    }
    guard total != output.dimensions[along] else { return nil }
    return site.refuse(
      .shape, "finds \(total) along the axis for a result of \(output.dimensions[along])", Remedy.fixShapes)
  }
}
