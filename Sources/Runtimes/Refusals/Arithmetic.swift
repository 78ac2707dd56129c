import GraphIR
import Tensors

/// Two operands that are broadcast against each other, and sums of many.
extension NodeRefusals {
  static let arithmetic: [BuiltinOperator: Rule] = [
    .add: add, .sub: sub, .mul: mul, .div: div, .squaredDifference: squaredDifference, .maximum: extremum,
    .minimum: extremum, .addN: addN, .floorDiv: floorDivision, .floorMod: floorDivision,
    .logicalAnd: logical, .logicalOr: logical,
  ]

  private static func add(_ site: RefusalSite) -> Refusal? {
    site.lacksScale(.output(0))
      ?? (site.output(0)?.value.isNarrowInteger == true ? scaledOperands(site) : nil)
      ?? isQuantized32(site) ?? site.isNot(.float32, .int8, .int16, .int32, at: .output(0))
      ?? broadcast(site, isChecked: true)
      ?? site.unchecked(site.differInType(.output(0), .input(0), .input(1)))
  }

  private static func sub(_ site: RefusalSite) -> Refusal? {
    if site.output(0)?.type == .int32, site.output(0)?.isQuantized == true {
      return site.refuse(.quantization, "takes int32 without scales only", Remedy.convert)
    }
    return add(site)
  }

  /// Operands that narrow integers come from: a multiplier made of no scale stops the program.
  private static func scaledOperands(_ site: RefusalSite) -> Refusal? {
    let operands: [RefusalSite.Operand] = [.input(0), .input(1)]
    for operand in operands {
      guard let tensor = site[operand], !(tensor.scale > 0) else { continue }
      return site.refuse(
        .quantization, "needs the scale and the zero point of \(site.name(operand)), which has none",
        Remedy.quantize)
    }
    return nil
  }

  /// Integers of 32 bits are plain numbers.
  private static func isQuantized32(_ site: RefusalSite) -> Refusal? {
    guard site.output(0)?.type == .int32,
      site.input(0)?.isQuantized == true || site.input(1)?.isQuantized == true
    else { return nil }
    return site.refuse(.quantization, "takes int32 without scales only", Remedy.convert)
  }

  private static func mul(_ site: RefusalSite) -> Refusal? {
    site.differInType(.input(0), .input(1)) ?? site.isAsymmetric16(.input(0), .input(1), .output(0))
      ?? broadcast(site, isChecked: true) ?? site.unchecked(site.differInType(.input(0), .output(0)))
      ?? site.readsNoScale(.input(0), .input(1), .output(0))
  }

  private static func div(_ site: RefusalSite) -> Refusal? {
    site.differInType(.input(0), .input(1), .output(0)) ?? isQuantized32(site)
      ?? broadcast(site, isChecked: true) ?? site.readsNoScale(.input(0), .input(1), .output(0))
  }

  private static func squaredDifference(_ site: RefusalSite) -> Refusal? {
    site.differInType(.input(0), .input(1), .output(0))
      ?? site.isAsymmetric16(.input(0), .input(1), .output(0)) ?? hasFarZeroPoint(site)
      ?? site.lacksScale(.input(0), .input(1)) ?? broadcast(site, isChecked: true)
      ?? site.readsNoScale(.output(0))
  }

  private static func hasFarZeroPoint(_ site: RefusalSite) -> Refusal? {
    let operands: [RefusalSite.Operand] = [.input(0), .input(1), .output(0)]
    for operand in operands {
      guard let tensor = site[operand], tensor.type == .int8, !(-128...127).contains(tensor.zeroPoint) else {
        continue
      }
      return site.refuse(
        .quantization,
        "takes zero points from −128 to 127, and that of \(site.name(operand)) is \(tensor.zeroPoint)",
        Remedy.quantize)
    }
    return nil
  }

  /// MAXIMUM and MINIMUM compare numbers as they are stored.
  private static func extremum(_ site: RefusalSite) -> Refusal? {
    let types = site.unchecked(site.differInType(.output(0), .input(0), .input(1)))
    if let refusal = types ?? broadcast(site) { return refusal }
    guard site.output(0)?.value.isNarrowInteger == true else { return nil }
    guard site.differInScale(.input(0), .output(0)) ?? site.differInScale(.input(1), .output(0)) != nil else {
      return nil
    }
    return site.misreads(
      .quantization, "compares stored numbers, and its operands and output have other scales or zero points",
      Remedy.requantize)
  }

  private static func floorDivision(_ site: RefusalSite) -> Refusal? {
    site.differInType(.input(0), .input(1), .output(0)) ?? broadcast(site)
  }

  private static func logical(_ site: RefusalSite) -> Refusal? {
    site.unchecked(
      site.isNot(.bool, at: .input(0)) ?? site.isNot(.bool, at: .input(1))
        ?? site.isNot(.bool, at: .output(0)))
      ?? broadcast(site)
  }

  private static func addN(_ site: RefusalSite) -> Refusal? {
    if site.node.inputs.count < 2 { return site.refuse(.operands, "takes 2 operands or more") }
    for position in site.node.inputs.indices {
      if let refusal = site.lacks(.input(position)) ?? site.differInType(.output(0), .input(position))
        ?? site.differInShape(.input(0), .input(position))
      {
        return refusal
      }
      guard site.output(0)?.type == .int8 else { continue }
      if let refusal = site.differInScale(.input(0), .input(position)) { return refusal }
    }
    return site.lacksScale(.output(0), .input(0)) ?? site.unchecked(site.differInCount(.input(0), .output(0)))
  }

  /// Shapes that are broadcast to the output's, by kernels that count up to 6 dimensions.
  ///
  /// - Parameter isChecked: whether the kernel ends over an output of another size.
  static func broadcast(_ site: RefusalSite, isChecked: Bool = false) -> Refusal? {
    guard let first = site.input(0), let second = site.input(1), let output = site.output(0) else {
      return nil
    }
    if let refusal = site.hasRank(over: 6, .input(0), .input(1)) { return refusal }
    guard let shape = broadcastShape(first.dimensions, second.dimensions) else {
      return site.misreads(.shape, "finds operands that no broadcasting makes alike", Remedy.fixShapes)
    }
    guard shape.reduce(1, { Int.product($0, $1) }) != output.elementCount else { return nil }
    let refusal = site.refuse(
      .shape, "finds another size of its output than of its operands", Remedy.fixShapes)
    return isChecked ? refusal : site.unchecked(refusal)
  }

  /// The shape that both have together; nil where there is none.
  static func broadcastShape(_ first: [Int], _ second: [Int]) -> [Int]? {
    let rank = max(first.count, second.count)
    var shape: [Int] = []
    for axis in (1...max(rank, 1)) where axis <= rank {
      let one = axis > first.count ? 1 : first[first.count - axis]
      let other = axis > second.count ? 1 : second[second.count - axis]
      guard one == other || one == 1 || other == 1 else { return nil }
      shape.append(one == 1 ? other : one)
    }
    return shape.reversed()
  }
}
