import GraphIR
import Tensors

extension TFLMOperator {
  /// The options on 64-bit hosts are derived from measured tails: the measured package is newer than the headers.
  static let fullyConnected = TFLMOperator(
    .fullyConnected, method: ResolverMethod("AddFullyConnected", isInArduinoLibrary: true),
    kernels: .byLibrary(
      reference: KernelProfile(
        parameters: .init(StructureSize(32, 5, 16), alignment: StructureSize(8, 1, 4)),
        data: StructureSize(72, 48)
      ) { $0.fullyConnected() },
      cmsisNN: .own(
        KernelProfile(
          parameters: .init(StructureSize(32, 5, 16), alignment: StructureSize(8, 1, 4)), data: 72
        ) { $0.cmsisFullyConnected() }),
      espNN: .portable),
    overlap: .none(because: "every output reads the whole input"),
    types: .weighted,
    interpreter: .registered)
}

extension KernelSite {
  fileprivate func fullyConnected() -> [PrepareStep] {
    temporaries(.input(0), .input(1), .input(2), .output(0)) + unpackedFilter() + fullyConnectedChannels()
  }

  fileprivate func fullyConnectedChannels() -> [PrepareStep] {
    guard let filter = self[.input(1)], self[.input(0)]?.elementType != .float32,
      filter.quantizedChannelCount > 1
    else { return [] }
    return channelArrays(filter.quantizedChannelCount)
  }

  /// Rank above 2 and a depth that 4 divides go through the 1×1 convolution, with channel arrays faked in
  /// scratch; else MVE sums every row of a constant filter in advance.
  fileprivate func cmsisFullyConnected() -> [PrepareStep] {
    guard let input = self[.input(0)], let filter = self[.input(1)], let output = self[.output(0)] else {
      return []
    }
    let steps =
      temporaries(.input(0), .input(1), .input(2), .output(0)) + fullyConnectedChannels()
    guard input.elementType == .int8, filter.elementType != .int4 else { return steps }
    let depth = filter.dimension(filter.rank - 1)
    let outputs = output.dimension(output.rank - 1)
    if output.rank > 2, depth % 4 == 0 {
      return steps + (filter.quantizedChannelCount > 1 ? [] : [.scratch(8 * outputs)])
    }
    guard target.vectors == .mve else { return steps }
    let isConstant = filter.isConstant && self[.input(2)]?.isConstant ?? true
    return steps + [isConstant ? .persistent(4 * outputs) : .scratch(4 * outputs)]
  }
}
