import GraphIR
import Tensors

/// One operand, one result of as many elements: RELU, LOGISTIC, SOFTMAX and their like.
extension NodeRefusals {
  static let activations: [BuiltinOperator: Rule] = [
    .abs: magnitude, .rsqrt: magnitude, .ceil: sameShape, .exp: sameShape, .round: sameShape, .cos: alike,
    .log: alike, .logicalNot: logicalNot, .sin: alike, .sqrt: alike, .square: alike, .elu: elu,
    .floor: lookalike,
    .hardSwish: hardSwish, .leakyRelu: leakyRelu, .logSoftmax: logSoftmax, .logistic: logistic,
    .neg: lookalike,
    .prelu: prelu, .relu: relu, .relu6: relu6, .softmax: softmax, .tanh: tanh, .zerosLike: lookalike,
    .cast: cast, .quantize: quantize, .dequantize: dequantize,
  ]

  /// One type, as many elements.
  private static func alike(_ site: RefusalSite) -> Refusal? {
    site.differInType(.input(0), .output(0)) ?? site.unchecked(site.differInCount(.input(0), .output(0)))
  }

  /// The same of kernels that do not look at their output's type.
  private static func lookalike(_ site: RefusalSite) -> Refusal? { site.unchecked(alike(site)) }

  private static func sameShape(_ site: RefusalSite) -> Refusal? {
    site.differInType(.input(0), .output(0)) ?? site.differInShape(.input(0), .output(0))
  }

  private static func logicalNot(_ site: RefusalSite) -> Refusal? {
    site.isNot(.bool, at: .input(0)) ?? alike(site)
  }

  /// ABS and RSQRT: int16 works without quantization too.
  private static func magnitude(_ site: RefusalSite) -> Refusal? {
    if let refusal = alike(site) { return refusal }
    guard let input = site.input(0), input.type == .int8 || input.type == .int16 && input.isQuantized else {
      return nil
    }
    return site.isPlain(.input(0), .output(0)) ?? site.isAsymmetric16(.input(0), .output(0))
      ?? site.readsNoScale(.input(0), .output(0))
  }

  private static func elu(_ site: RefusalSite) -> Refusal? {
    alike(site) ?? site.readsNoScale(.input(0), .output(0))
  }

  private static func hardSwish(_ site: RefusalSite) -> Refusal? {
    if let refusal = lookalike(site) ?? site.readsNoScale(.input(0), .output(0)) { return refusal }
    guard let input = site.input(0), let output = site.output(0), input.type == .int8 else { return nil }
    // The output's multiplier, input scale / 128 over output scale, must be below 1.
    guard Double(input.scale) / 128 / Double(output.scale) >= 1 else { return nil }
    return site.refuse(
      .quantization, "takes an output scale above 1/128 of its input's only", Remedy.requantize)
  }

  private static func leakyRelu(_ site: RefusalSite) -> Refusal? {
    alike(site) ?? site.readsNoScale(.input(0), .output(0))
  }

  private static func prelu(_ site: RefusalSite) -> Refusal? {
    if site.output(0)?.type == .int16, let refusal = site.isNot(.int8, at: .input(1)) { return refusal }
    if let refusal = site.unchecked(site.differInType(.input(0), .output(0))) { return refusal }
    if site.output(0)?.type != .int16, let refusal = site.unchecked(site.differInType(.input(0), .input(1))) {
      return refusal
    }
    return site.unchecked(site.hasRank(over: 4, .input(0), .input(1)))
      ?? site.readsNoScale(.input(0), .input(1), .output(0))
  }

  private static func relu(_ site: RefusalSite) -> Refusal? {
    site.isAsymmetric16(.input(0), .output(0)) ?? lookalike(site) ?? site.readsNoScale(.input(0), .output(0))
  }

  /// RELU6 clamps without rescaling: `Prepare` looks at the input only.
  private static func relu6(_ site: RefusalSite) -> Refusal? {
    if let refusal = lookalike(site) ?? site.readsNoScale(.input(0)) { return refusal }
    guard let input = site.input(0), let output = site.output(0), input.value.isNarrowInteger,
      input.scale != output.scale || input.zeroPoint != output.zeroPoint
    else { return nil }
    return site.misreads(
      .quantization, "does not rescale, and its input and output have other scales or zero points",
      Remedy.requantize)
  }

  private static func cast(_ site: RefusalSite) -> Refusal? {
    site.unchecked(site.differInCount(.input(0), .output(0)))
  }

  private static func quantize(_ site: RefusalSite) -> Refusal? {
    if let output = site.output(0), output.scaleCount != 1 {
      return site.refuse(.quantization, "needs one scale and one zero point of its output", Remedy.quantize)
    }
    return site.unchecked(site.differInCount(.input(0), .output(0)))
      ?? site.readsNoScale(.input(0), .output(0))
  }

  private static func dequantize(_ site: RefusalSite) -> Refusal? {
    site.isNot(.float32, at: .output(0)) ?? site.unchecked(site.differInCount(.input(0), .output(0)))
      ?? site.readsNoScale(.input(0))
  }
}
