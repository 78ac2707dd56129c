import GraphIR
import Tensors

extension NodeRefusals {
  static func fullyConnected(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0), let filter = site.input(1) else { return nil }
    let format = site.node.attributes.integer("weights_format")
    if format != 0 && format != 1 {
      return site.refuse(.options, "knows no weights format \(format)", Remedy.convert)
    }
    if let refusal = site.differInType(.input(0), .output(0)) { return refusal }
    if input.value.isNarrowInteger,
      let refusal = channelScales(site, filter) ?? biasScale(site, .input(0), .input(1), .input(2))
    {
      return refusal
    }
    return site.unchecked(filterShape(site, filter)) ?? site.readsNoScale(.input(0), .input(1), .output(0))
      ?? filterZeroPoint(site, filter)
  }

  private static func filterShape(_ site: RefusalSite, _ filter: KernelTensor) -> Refusal? {
    guard let output = site.output(0), let input = site.input(0) else { return nil }
    guard filter.rank >= 2, output.rank >= 1, let depth = filter.dimensions.last, depth > 0,
      let units = output.dimensions.last, units <= filter.dimensions[filter.rank - 2],
      Int.product(output.elementCount / max(units, 1), depth) <= input.elementCount
    else {
      return site.refuse(.shape, "finds weights that do not fit its input and output", Remedy.fixShapes)
    }
    return nil
  }

  private static func channelScales(_ site: RefusalSite, _ filter: KernelTensor) -> Refusal? {
    guard filter.scaleCount > 1 else { return nil }
    if filter.type == .int4 {
      return site.refuse(
        .quantization, "takes int4 weights with one scale only", "Store the weights as int8.")
    }
    guard filter.scaleCount != filter.dimension(filter.quantizedAxis) else { return nil }
    return site.refuse(
      .quantization, "takes one scale of its weights, or one for each row", Remedy.quantize)
  }

  /// Release builds subtract it; builds with checks stop.
  static func filterZeroPoint(_ site: RefusalSite, _ filter: KernelTensor) -> Refusal? {
    guard filter.value.isNarrowInteger, filter.zeroPoint != 0, site.seesWrongAnswers else { return nil }
    var refusal = site.refuse(
      .quantization, "takes weights with zero point 0: builds with checks stop over \(filter.zeroPoint)",
      Remedy.quantize)
    refusal.severity = .warning
    return refusal
  }
}
