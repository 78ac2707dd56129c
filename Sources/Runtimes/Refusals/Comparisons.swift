import GraphIR
import Tensors

extension NodeRefusals {
  static let comparisons: [BuiltinOperator: Rule] = [
    .equal: comparison, .notEqual: comparison, .greater: comparison, .greaterEqual: comparison,
    .less: comparison, .lessEqual: comparison, .selectV2: select,
  ]

  private static func comparison(_ site: RefusalSite) -> Refusal? {
    if site.input(0)?.type == .int8 {
      let operands: [RefusalSite.Operand] = [.input(0), .input(1)]
      for operand in operands {
        guard let scale = site[operand]?.scale, !(scale > 0 && scale < 1) else { continue }
        return site.refuse(
          .quantization,
          "takes scales above 0 and below 1 only, and that of \(site.name(operand)) is \(scale)",
          Remedy.requantize)
      }
    }
    if site.input(0)?.type == .int16, site.node.code.builtin == .greater {
      return site.misreads(
        .quantization,
        "compares int16 by scales that it sets for int8 only: its answers are not defined",
        "Compare int8, int32 or float32.")
    }
    if site.input(0)?.type == .int16,
      site.input(0)?.isQuantized == true || site.input(1)?.isQuantized == true
    {
      return site.misreads(.quantization, "compares int16 as it is stored, without scales", Remedy.quantize)
    }
    return broadcast(site)
      ?? site.unchecked(site.differInType(.input(0), .input(1)) ?? site.isNot(.bool, at: .output(0)))
  }

  private static func select(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.isNot(.bool, at: .input(0)) ?? site.differInType(.input(1), .input(2))
      ?? site.unchecked(site.differInType(.input(1), .output(0)))
    {
      return refusal
    }
    guard let condition = site.input(0), let one = site.input(1), let other = site.input(2),
      let output = site.output(0)
    else { return nil }
    let shape = broadcastShape(condition.dimensions, one.dimensions)
      .flatMap { broadcastShape($0, other.dimensions) }
    if shape != output.dimensions {
      let refusal = site.refuse(
        .shape, "finds operands that do not broadcast to its output", Remedy.fixShapes)
      let isBroadcast = condition.dimensions != one.dimensions || one.dimensions != other.dimensions
      return isBroadcast ? refusal : site.unchecked(refusal)
    }
    return site.hasRank(over: 5, .output(0))
  }
}
