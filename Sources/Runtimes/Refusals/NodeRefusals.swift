import GraphIR
import Tensors

/// What the kernel of a node refuses about it.
enum NodeRefusals {
  typealias Rule = @Sendable (RefusalSite) -> Refusal?

  /// The first thing that TFLM would end over, or get wrong; nil where there is none.
  static func first(at site: RefusalSite) -> Refusal? {
    if let refusal = customOptions(site) ?? unknownType(site) ?? wrongCount(site) ?? missingOperand(site) {
      return refusal
    }
    guard let rule = rules[site.node.code.builtin] ?? Custom.rule(of: site.node.code) else {
      return emptyOutput(site)
    }
    var all = site
    all.seesWrongAnswers = true
    return rule(site) ?? emptyOutput(site) ?? rule(all)
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

  /// A type in the options that the schema does not have: the interpreter ends as it reads them.
  private static func unknownType(_ site: RefusalSite) -> Refusal? {
    for name in typesInOptions[site.node.code.builtin] ?? [] {
      let type = site.node.attributes.integer(name)
      guard Int8(exactly: type).flatMap(ElementType.init(rawValue:)) == nil else { continue }
      return site.refuse(.options, "knows no type \(type), which its option \(name) names")
    }
    return nil
  }

  /// Options that hold an element's type.
  private static let typesInOptions: [BuiltinOperator: [String]] = [
    .argMax: ["output_type"], .argMin: ["output_type"], .cast: ["in_data_type", "out_data_type"],
    .conv2D: ["quantized_bias_type"], .fullyConnected: ["quantized_bias_type"],
    .transposeConv: ["quantized_bias_type"], .shape: ["out_type"],
  ]

  /// Another number of operands or results than the operator has.
  private static func wrongCount(_ site: RefusalSite) -> Refusal? {
    guard let arity = OperatorArity(of: site.node.code.builtin) else { return nil }
    let (inputs, outputs) = (site.node.inputs.count, site.node.outputs.count)
    let isLenient = takingMore.contains(site.node.code.builtin)
    guard
      inputs < arity.inputs.lowerBound || outputs < arity.outputs.lowerBound
        || inputs > arity.inputs.upperBound && !isLenient
    else { return nil }
    return site.refuse(
      .operands, "has \(inputs) operands and \(outputs) results, which is another number than it takes")
  }

  /// Kernels that do not look whether there are more operands than they use.
  private static let takingMore: Set<BuiltinOperator> = [
    .add, .argMax, .argMin, .averagePool2D, .div, .equal, .fill, .floor, .fullyConnected, .greater,
    .greaterEqual,
    .less, .lessEqual, .logicalAnd, .logicalOr, .logistic, .maximum, .maxPool2D, .minimum, .mirrorPad, .neg,
    .notEqual, .prelu, .relu, .relu6, .split, .sub, .unpack,
  ]

  /// Operands that the format demands, where the file says that they are absent.
  private static func missingOperand(_ site: RefusalSite) -> Refusal? {
    guard let needed = OperatorArity(of: site.node.code.builtin)?.inputs.lowerBound else { return nil }
    for position in 0..<min(needed, site.node.inputs.count) {
      guard !(unread[site.node.code.builtin] ?? []).contains(position) else { continue }
      if let refusal = site.lacks(.input(position)) { return refusal }
    }
    return nil
  }

  /// Operands that a kernel does not look at, or looks at by rules of its own.
  private static let unread: [BuiltinOperator: [Int]] = [
    .svdf: Array(0..<5), .unidirectionalSequenceLSTM: Array(0..<24), .splitV: [1], .transposeConv: [0],
  ]

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
