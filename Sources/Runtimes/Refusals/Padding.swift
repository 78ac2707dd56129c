import GraphIR
import Tensors

extension NodeRefusals {
  static func pad(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.differInType(.input(0), .output(0)) ?? site.hasRank(over: 5, .input(0))
      ?? site.isComputed(.input(1)) ?? site.isNot(.int32, at: .input(1)) ?? padValue(site)
    {
      return refusal
    }
    guard let input = site.input(0), let amounts = site.input(1)?.integers, let output = site.output(0) else {
      return nil
    }
    guard amounts.count == 2 * output.rank, input.rank == output.rank,
      input.dimensions.indices.allSatisfy({
        input.dimensions[$0] + amounts[2 * $0] + amounts[2 * $0 + 1] == output.dimensions[$0]
      })
    else { return site.refuse(.shape, "finds a result that its padding does not give", Remedy.fixShapes) }
    return nil
  }

  /// The value that is put in; 0 where there is none.
  private static func padValue(_ site: RefusalSite) -> Refusal? {
    guard let output = site.output(0) else { return nil }
    guard let value = site.input(2) else {
      guard output.type == .int8, !(-128...127).contains(output.zeroPoint) else { return nil }
      return site.refuse(
        .quantization, "needs an output zero point from −128 to 127, and this is \(output.zeroPoint)",
        Remedy.quantize)
    }
    if let refusal = site.differInType(.input(0), .input(2)) { return refusal }
    if value.elementCount != 1 { return site.refuse(.shape, "takes one value to put in", Remedy.convert) }
    return output.type == .int8 ? site.differInScale(.input(2), .output(0)) : nil
  }

  static func mirrorPad(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.hasRank(outside: 2...2, .input(1)) { return refusal }
    if let refusal = site.unchecked(
      site.differInType(.input(0), .output(0)) ?? site.isNot(.int32, .int64, at: .input(1)))
    {
      return refusal
    }
    guard let input = site.input(0), let amounts = site.input(1), let output = site.output(0) else {
      return nil
    }
    guard amounts.dimension(0) == input.rank, amounts.dimension(1) == 2, input.rank == output.rank else {
      let refusal = site.refuse(.shape, "takes a pair of amounts for each dimension", Remedy.fixShapes)
      return amounts.dimension(0) == input.rank ? site.unchecked(refusal) : refusal
    }
    return nil
  }
}
