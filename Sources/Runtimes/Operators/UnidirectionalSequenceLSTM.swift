import GraphIR
import Tensors

extension TFLMOperator {
  static let unidirectionalSequenceLSTM = TFLMOperator(
    .unidirectionalSequenceLSTM,
    method: ResolverMethod("AddUnidirectionalSequenceLSTM", isInArduinoLibrary: true),
    kernels: .byLibrary(
      reference: KernelProfile(parameters: .init(16), data: 688) { $0.lstm() },
      cmsisNN: .own(KernelProfile(parameters: .init(16), data: 908) { $0.cmsisLSTM() }),
      espNN: .portable),
    overlap: .none(because: "steps read the output of the step before"),
    types: .only([
      KernelTypes(
        .input(0), .input(19), accept: [[.float32, .float32], [.int8, .int16], [.int16, .int16]])
    ]),
    interpreter: .registered)
}

extension KernelSite {
  /// All 24 inputs are inspected; each of the four gates has a buffer of one state.
  fileprivate func lstm() -> [PrepareStep] {
    let inspected = temporaries((0..<24).map(KernelProfile.Operand.input)) + temporaries(.output(0))
    guard let input = self[.input(0)], let state = self[.input(18)], let cell = self[.input(19)] else {
      return inspected
    }
    let batches = input.dimension(node.attributes.bool("time_major") ? 1 : 0)
    let bytes = Int.product(batches, state.dimension(1), (cell.elementType.bitWidth ?? 0) / 8)
    return inspected + [PrepareStep](repeating: .scratch(bytes), count: 4)
  }

  /// Sums of the four gates' weights for input and state; three buffers of one state instead of four.
  fileprivate func cmsisLSTM() -> [PrepareStep] {
    let steps = lstm()
    guard let input = self[.input(0)], input.isNarrowInteger, self[.input(19)]?.elementType == .int16 else {
      return steps
    }
    let sumBytes = (input.elementType == .int8 ? 4 : 8) * (self[.input(18)]?.dimension(1) ?? 0)
    return Array(steps.dropLast()) + [PrepareStep](repeating: .persistent(sumBytes), count: 8)
  }
}
