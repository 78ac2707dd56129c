import GraphIR
import Tensors

extension NodeRefusals {
  static let reductions: [BuiltinOperator: Rule] = [
    .mean: mean, .sum: sum, .reduceMax: extreme, .reduceMin: extreme, .reduceAll: all, .argMax: argument,
    .argMin: argument, .cumsum: cumsum, .l2Normalization: l2Normalization,
  ]

  private static func axes(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.isNot(.int32, at: .input(1)) { return refusal }
    guard let input = site.input(0), let numbers = site.input(1)?.integers,
      let axis = numbers.first(where: { !(-input.rank..<max(input.rank, 1)).contains($0) })
    else { return nil }
    return site.misreads(.operands, "has no axis \(axis) for \(input.rank) dimensions", Remedy.convert)
  }

  /// The size of the result, where the axes are known.
  private static func reducedCount(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0), let numbers = site.input(1)?.integers, let output = site.output(0) else {
      return nil
    }
    let gone = Set(numbers.map { $0 < 0 ? $0 + input.rank : $0 })
    let count = input.dimensions.indices.filter { !gone.contains($0) }.reduce(1) {
      Int.product($0, input.dimensions[$1])
    }
    guard count != output.elementCount else { return nil }
    return site.misreads(.shape, "finds another size of its result than its axes give", Remedy.fixShapes)
  }

  private static func mean(_ site: RefusalSite) -> Refusal? {
    axes(site) ?? site.unchecked(site.differInType(.input(0), .output(0))) ?? reducedCount(site)
      ?? site.readsNoScale(.input(0), .output(0))
  }

  private static func sum(_ site: RefusalSite) -> Refusal? {
    site.differInType(.input(0), .output(0)) ?? mean(site)
  }

  private static func extreme(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.differInType(.input(0), .output(0)) ?? axes(site) { return refusal }
    if site.input(0)?.type == .int8, let refusal = site.differInScale(.input(0), .output(0)) {
      return refusal
    }
    return reducedCount(site)
  }

  private static func all(_ site: RefusalSite) -> Refusal? {
    site.isNot(.bool, at: .input(0)) ?? site.differInType(.input(0), .output(0)) ?? axes(site)
      ?? reducedCount(site)
  }

  private static func argument(_ site: RefusalSite) -> Refusal? { axes(site) ?? reducedCount(site) }

  private static func cumsum(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.isNot(.int32, at: .input(1)) ?? site.hasRank(under: 1, .input(0))
      ?? site.differInType(.input(0), .output(0)) ?? site.differInShape(.input(0), .output(0)) ?? axes(site)
      ?? site.lacksScale(.input(0), .output(0))
    {
      return refusal
    }
    guard let axis = site.input(1), axis.elementCount != 1 else { return nil }
    return site.refuse(.operands, "takes one axis", Remedy.convert)
  }

  private static func l2Normalization(_ site: RefusalSite) -> Refusal? {
    if site.activation != .none {
      return site.refuse(.options, "has no fused activation", "Put the activation behind it as an operator.")
    }
    if let refusal = site.hasRank(over: 4, .input(0)) ?? site.differInType(.input(0), .output(0))
      ?? site.unchecked(site.differInCount(.input(0), .output(0)))
    {
      return refusal
    }
    guard site.output(0)?.type == .int8, let output = site.output(0),
      output.scale != 1 / 128 || output.zeroPoint != 0
    else { return nil }
    return site.misreads(
      .quantization,
      "writes int8 with scale 1/128 and zero point 0, and the file says \(output.scale) and "
        + "\(output.zeroPoint)", Remedy.quantize)
  }
}
