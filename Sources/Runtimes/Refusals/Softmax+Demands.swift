import GraphIR
import Tensors

/// Results that a kernel writes in one scale: SOFTMAX, LOG_SOFTMAX, LOGISTIC, TANH.
extension NodeRefusals {
  static func softmax(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0), let output = site.output(0) else { return nil }
    if let refusal = site.hasRank(under: 1, .input(0)) { return refusal }
    switch (input.type, output.type) {
    case (.int8, .int8):
      return site.differs(from: 1 / 256, -128, called: "1/256", at: .output(0)) ?? softmaxInput(site)
    case (.int8, .int16):
      return site.differs(from: 1 / 65_536, -32_768, called: "1/65536", tolerance: 0.001, at: .output(0))
        ?? softmaxInput(site)
    case (.int16, .int16):
      return site.isAsymmetric16(.input(0))
        ?? site.differs(from: 1 / 32_768, 0, called: "1/32768", tolerance: 0.001, at: .output(0))
        ?? softmaxInput(site)
    default: return site.differInType(.input(0), .output(0)) ?? softmaxInput(site)
    }
  }

  private static func softmaxInput(_ site: RefusalSite) -> Refusal? {
    if site.input(0)?.type == .int8, let refusal = site.lacksScale(.input(0)) { return refusal }
    if let refusal = site.readsNoScale(.input(0)) ?? site.unchecked(site.differInShape(.input(0), .output(0)))
    {
      return refusal
    }
    // Above 1 after 26 bits to the left, the int8 kernel's multiplier.
    guard let input = site.input(0), input.type == .int8,
      site.node.attributes.real("beta") * Double(input.scale) * Double(1 << 26) <= 1
    else { return nil }
    return site.refuse(.options, "needs a beta above 0 for int8, which the options have not", Remedy.convert)
  }

  static func logSoftmax(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0) else { return nil }
    if let refusal = site.differInType(.input(0), .output(0)) ?? site.differInShape(.input(0), .output(0)) {
      return refusal
    }
    guard input.type == .int8 else { return nil }
    return site.differs(from: 16 / 256, 127, called: "16/256", at: .output(0)) ?? site.lacksScale(.input(0))
  }

  static func logistic(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0) else { return nil }
    if let refusal = site.differInType(.input(0), .output(0))
      ?? site.unchecked(site.differInCount(.input(0), .output(0)))
    {
      return refusal
    }
    switch input.type {
    case .int8:
      guard let output = site.output(0), output.zeroPoint != -128 else {
        return fixedScale(site, 1 / 256, "1/256")
      }
      return site.refuse(
        .quantization, "takes an int8 output with zero point −128 only, and this has \(output.zeroPoint)",
        Remedy.quantize)
    case .int16: return powerOfTwoOutput(site)
    default: return nil
    }
  }

  static func tanh(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0) else { return nil }
    if let refusal = site.differInType(.input(0), .output(0))
      ?? site.unchecked(site.differInCount(.input(0), .output(0)))
    {
      return refusal
    }
    switch input.type {
    case .int8: return fixedScale(site, 1 / 128, "1/128")
    case .int16: return powerOfTwoOutput(site)
    default: return nil
    }
  }

  /// The int8 kernels write one scale, whatever the file says, and `Prepare` does not look at it.
  private static func fixedScale(_ site: RefusalSite, _ scale: Float, _ text: String) -> Refusal? {
    guard let input = site.input(0), let output = site.output(0) else { return nil }
    if !(input.scale > 0) { return site.readsNoScale(.input(0)) }
    let zeroPoint = text == "1/256" ? -128 : 0
    guard abs(output.scale - scale) > scale / 1000 || output.zeroPoint != zeroPoint else { return nil }
    return site.misreads(
      .quantization,
      "writes int8 with scale \(text) and zero point \(zeroPoint), and the file says \(output.scale) and "
        + "\(output.zeroPoint)", Remedy.quantize)
  }

  /// The int16 kernels: zero points of 0, and an output scale of 2⁻¹⁵.
  private static func powerOfTwoOutput(_ site: RefusalSite) -> Refusal? {
    guard let output = site.output(0) else { return nil }
    if let refusal = site.isAsymmetric16(.input(0), .output(0)) { return refusal }
    // Within a thousandth on a scale of base 2.
    let ratio = output.scale * 32_768
    let isNear = ratio > 0.999_307_1 && ratio < 1.000_693_3
    guard isNear else {
      return site.refuse(
        .quantization, "takes an int16 output with scale 1/32768 only, and this has \(output.scale)",
        Remedy.quantize)
    }
    // The table's index counts in steps of 1/12288, with a multiplier of 15 bits.
    if let scale = site.input(0)?.scale, scale * 12_288 >= 32_768 {
      return site.refuse(
        .quantization, "takes an int16 input with a scale below 8/3 only, and this has \(scale)",
        Remedy.quantize)
    }
    return site.readsNoScale(.input(0))
  }
}
