import Tensors

extension KernelSite {
  /// Inputs: input N×I, feature weights F×I, time weights F×M, bias, state.
  func svdf() -> [PrepareStep] {
    let inspected = temporaries(.input(0), .input(1), .input(2), .input(3), .input(4), .output(0))
    return inspected + svdfScratch()
  }

  /// An accumulator for every filter, and for integers one for every unit.
  func svdfScratch() -> [PrepareStep] {
    guard let input = self[.input(0)], let features = self[.input(1)] else { return [] }
    let batches = input.dimension(0)
    let filters = features.dimension(0)
    let units = filters / max(1, node.attributes.integer("rank"))
    let accumulators: [PrepareStep] = [.scratch(.product(4, batches, filters))]
    return input.elementType == .int8 ? accumulators + [.scratch(.product(4, batches, units))] : accumulators
  }

  /// All 24 inputs are inspected; each of the four gates has a buffer of one state.
  func lstm() -> [PrepareStep] {
    let inspected = temporaries((0..<24).map(KernelProfile.Operand.input)) + temporaries(.output(0))
    guard let input = self[.input(0)], let state = self[.input(18)], let cell = self[.input(19)] else {
      return inspected
    }
    let batches = input.dimension(node.attributes.bool("time_major") ? 1 : 0)
    let bytes = Int.product(batches, state.dimension(1), (cell.elementType.bitWidth ?? 0) / 8)
    return inspected + [PrepareStep](repeating: .scratch(bytes), count: 4)
  }
}
