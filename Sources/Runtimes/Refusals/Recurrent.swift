import GraphIR
import Tensors

/// SVDF and UNIDIRECTIONAL_SEQUENCE_LSTM.
extension NodeRefusals {
  static func svdf(_ site: RefusalSite) -> Refusal? {
    let operands: [RefusalSite.Operand] = [.input(0), .input(1), .input(2), .input(3), .input(4)]
    for operand in operands {
      if let refusal = site.lacks(operand) { return refusal }
    }
    guard let input = site.input(0), let features = site.input(1), let times = site.input(2),
      let bias = site.input(3), let state = site.input(4), let output = site.output(0)
    else { return nil }
    if let refusal = site.hasRank(outside: 2...2, .input(0), .input(1), .input(2), .input(4), .output(0)) {
      return refusal
    }
    let rank = site.node.attributes.integer("rank")
    guard rank > 0, features.dimensions[0] % rank == 0 else {
      return site.refuse(.options, "needs a rank that divides its filters", Remedy.convert)
    }
    let (filters, memory, batch) = (features.dimensions[0], times.dimensions[1], input.dimensions[0])
    guard features.dimensions[1] == input.dimensions[1], times.dimensions[0] == filters,
      output.dimensions == [batch, filters / rank], bias.dimension(0) == filters / rank,
      state.dimensions == [batch, Int.product(memory, filters)]
    else {
      return site.refuse(.shape, "finds weights, bias, state and result that do not fit", Remedy.fixShapes)
    }
    guard state.value.isVariable else {
      return site.refuse(.operands, "keeps its state in a variable tensor, and this is none", Remedy.convert)
    }
    return svdfTypes(site) ?? svdfScales(site) ?? summedWeights(site, .input(1))
  }

  /// CMSIS-NN's kernels sum int8 weights when they prepare, before anything could compute them.
  private static func summedWeights(_ site: RefusalSite, _ operands: RefusalSite.Operand...) -> Refusal? {
    guard site.target.kernels == .cmsisNN, site.input(0)?.type != .float32 else { return nil }
    for operand in operands where site[operand]?.isConstant == false {
      return site.refuse(
        .operands, "of CMSIS-NN takes \(site.name(operand)) as a constant only, and this is computed",
        "Leave its weights as they are, or build the firmware with the portable kernels.")
    }
    return nil
  }

  private static func svdfTypes(_ site: RefusalSite) -> Refusal? {
    guard site.input(0)?.type == .int8 else {
      return site.differInType(.input(0), .input(1), .input(2), .input(3), .input(4), .output(0))
    }
    return site.isNot(.int32, at: .input(3)) ?? site.isNot(.int8, at: .output(0))
      ?? site.differInType(.input(2), .input(4))
  }

  private static func svdfScales(_ site: RefusalSite) -> Refusal? {
    guard site.input(0)?.type == .int8, let times = site.input(2), let bias = site.input(3),
      let state = site.input(4)
    else { return nil }
    if abs(Double(bias.scale) - Double(state.scale) * Double(times.scale)) >= 1e-5 {
      return site.refuse(
        .quantization, "takes a bias in units of state scale times time weights scale", Remedy.quantize)
    }
    return site.readsNoScale(.input(0), .input(1), .input(4), .output(0))
  }

  static func lstm(_ site: RefusalSite) -> Refusal? {
    if site.node.inputs.count != 24 { return site.refuse(.operands, "takes 24 operands", Remedy.convert) }
    for position in Array(0...8) + Array(12...15) + [18, 19] {
      if let refusal = site.lacks(.input(position)) { return refusal }
    }
    for position in Array(9...11) + [16, 17] + Array(20...23) where site.input(position) != nil {
      return site.refuse(
        .operands, "knows no peepholes, projection or layer normalization, and has input \(position)",
        Remedy.convert)
    }
    for position in 18...19 where site.input(position)?.value.isVariable != true {
      return site.refuse(
        .operands, "keeps its state in variable tensors, and input \(position) is none", Remedy.convert)
    }
    return lstmTypes(site) ?? lstmShapes(site) ?? lstmScales(site) ?? lstmWeights(site)
      ?? summedWeights(
        site, .input(1), .input(2), .input(3), .input(4), .input(5), .input(6), .input(7), .input(8))
  }

  private static func lstmTypes(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.differInType(.input(0), .input(18), .output(0))
      ?? site.differInType(
        .input(1), .input(2), .input(3), .input(4), .input(5), .input(6), .input(7), .input(8))
      ?? site.differInType(.input(12), .input(13), .input(14), .input(15))
    {
      return refusal
    }
    switch site.input(0)?.type {
    case .int8: return site.isNot(.int32, at: .input(12)) ?? site.isNot(.int16, at: .input(19))
    case .int16: return site.isNot(.int64, at: .input(12)) ?? site.isNot(.int16, at: .input(19))
    default: return site.isNot(.float32, at: .input(12)) ?? site.isNot(.float32, at: .input(19))
    }
  }

  private static func lstmShapes(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0), let output = site.output(0), let hidden = site.input(18),
      let cell = site.input(19)
    else { return nil }
    if let refusal = site.hasRank(outside: 3...3, .input(0), .output(0)) { return refusal }
    guard let units = hidden.dimension(1) else {
      return site.refuse(.shape, "takes a state of 2 dimensions", Remedy.fixShapes)
    }
    let batch = site.node.attributes.bool("time_major") ? input.dimensions[1] : input.dimensions[0]
    let depth = input.dimensions[2]
    let isFitting =
      (1...4).allSatisfy { site.input($0)?.dimensions == [units, depth] }
      && (5...8).allSatisfy { site.input($0)?.dimensions == [units, units] }
      && (12...15).allSatisfy { site.input($0)?.dimensions == [units] }
      && hidden.elementCount == Int.product(batch, units) && cell.elementCount == Int.product(batch, units)
      && output.dimensions == [input.dimensions[0], input.dimensions[1], units]
    return isFitting
      ? nil : site.refuse(.shape, "finds weights, states and result that do not fit", Remedy.fixShapes)
  }

  /// The kernel chooses by the activations' type alone, and reads weights of any other type as if they had its own.
  private static func lstmWeights(_ site: RefusalSite) -> Refusal? {
    guard let input = site.input(0)?.type, let weights = site.input(1)?.type else { return nil }
    let read: ElementType = input == .float32 ? .float32 : .int8
    if weights == read { return nil }
    return Refusal(
      severity: .wrongAnswers, kind: .types,
      problem:
        "TFLM's \(site.node.code.name) reads its weights as \(read) beside \(input) activations, and these are "
        + "\(weights)",
      remedy: Remedy.quantize)
  }

  /// The integer kernels: scales, and symmetric weights.
  private static func lstmScales(_ site: RefusalSite) -> Refusal? {
    guard site.input(0)?.value.isNarrowInteger == true else { return nil }
    if let refusal = site.readsNoScale(.input(0), .input(18), .input(19)) { return refusal }
    for position in 1...8 {
      if let refusal = site.input(position).flatMap({ filterZeroPoint(site, $0) }) { return refusal }
    }
    return nil
  }
}
