import GraphIR
import Tensors

/// What the kernel of a node refuses about it.
enum NodeRefusals {
  typealias Rule = @Sendable (RefusalSite) -> Refusal?

  /// The first thing that TFLM would end over, or get wrong; nil where there is none.
  static func first(at site: RefusalSite) -> Refusal? {
    customOptions(site) ?? missingOperand(site) ?? rules[site.node.code.builtin]?(site)
      ?? Custom.rule(of: site.node.code)?(site) ?? emptyOutput(site)
  }

  /// Rules by operator; one file for each family holds them.
  private static let rules: [BuiltinOperator: Rule] =
    [activations, arithmetic, comparisons, layers, movement, reductions, shapes, control]
    .reduce(into: [:]) { $0.merge($1) { first, _ in first } }

  /// The interpreter takes options of custom operators only from those.
  private static func customOptions(_ site: RefusalSite) -> Refusal? {
    guard site.node.code.builtin != .custom, site.node.customOptions != nil else { return nil }
    return site.refuse(
      .options, "has custom options, which the interpreter does not take from a builtin operator",
      "Remove them; the operator does not use them.")
  }

  /// Operands that the format demands, where the file says that they are absent.
  private static func missingOperand(_ site: RefusalSite) -> Refusal? {
    guard let needed = OperatorArity(of: site.node.code.builtin)?.inputs.lowerBound else { return nil }
    let optional = site.node.code.builtin == .svdf || site.node.code.builtin == .unidirectionalSequenceLSTM
    for position in 0..<min(needed, site.node.inputs.count) where !optional {
      if let refusal = site.lacks(.input(position)) { return refusal }
    }
    return nil
  }

  /// Results with a size of 0, apart from empty vectors: the interpreter takes them for dynamic.
  private static func emptyOutput(_ site: RefusalSite) -> Refusal? {
    guard !rewriting.contains(site.node.code.builtin) else { return nil }
    for (position, id) in site.node.outputs.enumerated() {
      guard let tensor = site.output(position), tensor.dimensions.contains(0), tensor.rank != 1 else {
        continue
      }
      return Refusal(
        kind: .emptyTensor,
        problem: "its result \(site.graph.title(of: id)) has a dimension of 0, which TFLM takes for a size "
          + "that is not known before the model runs",
        remedy: "Convert the model with fixed input shapes that are not 0.")
    }
    return nil
  }

  /// Kernels that write the dimensions of their result themselves.
  private static let rewriting: Set<BuiltinOperator> = [
    .gather, .gatherND, .depthToSpace, .spaceToDepth, .l2Pool2D,
  ]
}
