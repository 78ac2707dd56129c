import GraphIR
import Tensors

/// CONV_2D, DEPTHWISE_CONV_2D and TRANSPOSE_CONV.
extension NodeRefusals {
  static func convolution(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.differInType(.input(0), .output(0))
      ?? weights(site, .input(0), .input(1), channelAxis: 0)
    {
      return refusal
    }
    if site.input(0)?.type == .int16, let refusal = bias(site, .input(2), .int32, .int64) { return refusal }
    return site.unchecked(
      site.hasRank(outside: 4...4, .input(0), .input(1), .output(0)) ?? hasNoWindow(site)
        ?? filter(site, .input(0), .input(1)) ?? biasCount(site, .input(2), site.input(1)?.dimension(0)))
      ?? bias8(site, .input(2))
  }

  static func depthwise(_ site: RefusalSite) -> Refusal? {
    if let refusal = isAbsentBias(site) ?? weights(site, .input(0), .input(1), channelAxis: 3) {
      return refusal
    }
    if site.input(0)?.value.isNarrowInteger == true,
      let refusal = site.isNot(.int8, .int16, at: .output(0))
    {
      return refusal
    }
    return site.unchecked(
      site.differInType(.input(0), .output(0)) ?? site.hasRank(
        outside: 4...4, .input(0), .input(1), .output(0))
        ?? hasNoWindow(site) ?? filter(site, .input(0), .input(1))
        ?? biasCount(site, .input(2), site.input(1)?.dimension(3)))
      ?? isShortBias16(site, .input(2)) ?? bias8(site, .input(2)) ?? overrun(site)
  }

  /// Releases of ESP-NN whose kernel writes beyond the scratch memory that it asks for.
  private static func overrun(_ site: RefusalSite) -> Refusal? {
    let kernel = KernelSite(graph: site.graph, node: site.node, target: site.target)
    guard let overrun = kernel.espDepthwiseOverrun else { return nil }
    return site.misreads(
      .shape,
      "of \(site.target.release.name) asks for \(overrun.asked) bytes of scratch memory and writes "
        + "\(overrun.written), over other tensors, where padding is not the same on all sides",
      "Use an ESP-NN of \(KernelRelease.newest(of: .espNN).date) or later, or TFLM's portable kernels."
    )
  }

  /// TRANSPOSE_CONV: the output's shape, the filter, the input, and a bias where there are four operands.
  static func transposed(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.differInType(.input(2), .output(0))
      ?? weights(site, .input(2), .input(1), channelAxis: 0)
    {
      return refusal
    }
    return site.unchecked(
      site.hasRank(outside: 4...4, .input(1), .input(2), .output(0)) ?? hasNoWindow(site)
        ?? filter(site, .input(2), .input(1)) ?? biasCount(site, .input(3), site.input(1)?.dimension(0)))
      ?? isShortBias16(site, .input(3)) ?? bias8(site, .input(3))
  }

  /// A filter whose channels are those of input and output.
  private static func filter(
    _ site: RefusalSite, _ data: RefusalSite.Operand, _ filter: RefusalSite.Operand
  ) -> Refusal? {
    guard let input = site[data]?.dimension(3), let output = site.output(0)?.dimension(3),
      let filter = site[filter],
      let first = filter.dimension(0), let last = filter.dimension(3), last > 0
    else { return nil }
    let isFitting =
      switch site.node.code.builtin {
      case .conv2D: input % last == 0 && output == first
      case .depthwiseConv2D: output == last
      default: input == last && output == first
      }
    return isFitting
      ? nil : site.refuse(.shape, "finds a filter that does not fit its input and output", Remedy.fixShapes)
  }

  /// DEPTHWISE_CONV_2D reads a bias where there are three operands, be it marked as absent.
  private static func isAbsentBias(_ site: RefusalSite) -> Refusal? {
    guard site.node.inputs.count == 3, site.input(2) == nil else { return nil }
    return site.refuse(
      .operands, "reads a bias where there are 3 operands, and this one is marked as absent",
      "Leave the operand out of the list, or give a bias of zeros.")
  }

  /// Demands on quantized weights: one scale, or one for each output channel.
  private static func weights(
    _ site: RefusalSite, _ input: RefusalSite.Operand, _ filter: RefusalSite.Operand, channelAxis: Int
  ) -> Refusal? {
    guard let data = site[input], let weights = site[filter], data.value.isNarrowInteger else { return nil }
    if !weights.isQuantized || !data.isQuantized {
      return site.refuse(
        .quantization,
        "needs scales and zero points of its input and its filter, which are \(data.type) and "
          + "\(weights.type) without them", Remedy.quantize)
    }
    let channels = weights.dimension(channelAxis)
    if weights.scaleCount > 1,
      weights.scaleCount != channels || weights.dimension(weights.quantizedAxis) != channels
    {
      return site.refuse(
        .quantization, "takes one scale of its filter, or one for each output channel", Remedy.quantize)
    }
    let bias: RefusalSite.Operand = site.node.code.builtin == .transposeConv ? .input(3) : .input(2)
    if let refusal = site.unchecked(biasScale(site, input, filter, bias)) ?? site.readsNoScale(.output(0)) {
      return refusal
    }
    guard weights.value.quantization?.zeroPoints?.contains(where: { $0 != 0 }) == true else { return nil }
    return site.misreads(
      .quantization, "takes its filter's zero points for 0, and they are not", Remedy.quantize)
  }

  private static func bias(_ site: RefusalSite, _ operand: RefusalSite.Operand, _ types: ElementType...)
    -> Refusal?
  {
    guard let bias = site[operand], !types.contains(bias.type) else { return nil }
    let names = types.map(\.description).joined(separator: " or ")
    return site.refuse(.types, "takes a bias of \(names) here, and this is \(bias.type)", Remedy.quantize)
  }

  /// A bias that int8 and float kernels read as if it were of their type.
  private static func bias8(_ site: RefusalSite, _ operand: RefusalSite.Operand) -> Refusal? {
    guard let bias = site[operand], let output = site.output(0) else { return nil }
    let wanted: ElementType = output.type == .float32 ? .float32 : .int32
    guard output.type != .int16, bias.type != wanted else { return nil }
    return site.misreads(.types, "reads its bias as \(wanted), and this is \(bias.type)", Remedy.convert)
  }

  /// A bias of int16 layers that the kernel reads as int64.
  private static func isShortBias16(_ site: RefusalSite, _ operand: RefusalSite.Operand) -> Refusal? {
    guard let bias = site[operand], site.output(0)?.type == .int16, bias.type != .int64 else { return nil }
    let isWidened = site.node.code.builtin == .transposeConv && bias.type == .int16
    guard !isWidened else { return nil }
    return site.misreads(
      .types, "reads the bias of an int16 layer as int64, and this is \(bias.type): it reads past its end",
      "Convert the model with int64 biases (the converter's 16×8 mode without int32 biases).")
  }

  private static func biasCount(_ site: RefusalSite, _ operand: RefusalSite.Operand, _ channels: Int?)
    -> Refusal?
  {
    guard let bias = site[operand], let channels, bias.elementCount != channels else { return nil }
    return site.refuse(
      .shape, "takes one bias for each of \(channels) channels, and this has \(bias.elementCount)",
      Remedy.fixShapes)
  }

  /// One scale of the filter: the bias must be in units of input times filter, within 2 % of an output step.
  static func biasScale(
    _ site: RefusalSite, _ input: RefusalSite.Operand, _ filter: RefusalSite.Operand,
    _ bias: RefusalSite.Operand
  ) -> Refusal? {
    guard let data = site[input], data.value.isNarrowInteger, let weights = site[filter],
      let bias = site[bias],
      let output = site.output(0), weights.scaleCount <= 1
    else { return nil }
    let product = Double(data.scale) * Double(weights.scale)
    if abs(product - Double(bias.scale)) / Double(output.scale) <= 0.02 { return nil }
    return site.refuse(
      .quantization,
      "takes a bias in units of input scale times filter scale, and this one's scale is another",
      Remedy.quantize)
  }
}
