import Tensors

extension KernelSite {
  /// CONV_2D: the same for float, although only integers use the arrays.
  func convolution() -> [PrepareStep] { convolution(channels: self[.input(1)]?.dimension(0) ?? 0) }

  func depthwiseConvolution() -> [PrepareStep] { convolution(channels: self[.input(1)]?.dimension(3) ?? 0) }

  private func convolution(channels: Int) -> [PrepareStep] {
    temporaries(.output(0), .input(0), .input(1)) + channelArrays(channels) + unpackedFilter()
      + temporaries(.input(0), .input(1), .input(2), .output(0))
  }

  /// 4-bit filters are unpacked into a byte an element.
  func unpackedFilter() -> [PrepareStep] {
    guard let filter = self[.input(1)], filter.elementType == .int4 else { return [] }
    return [.scratch(filter.elementCount)]
  }

  func fullyConnected() -> [PrepareStep] {
    temporaries(.input(0), .input(1), .input(2), .output(0)) + unpackedFilter() + fullyConnectedChannels()
  }

  func fullyConnectedChannels() -> [PrepareStep] {
    guard let filter = self[.input(1)], self[.input(0)]?.elementType != .float32,
      filter.quantizedChannelCount > 1
    else { return [] }
    return channelArrays(filter.quantizedChannelCount)
  }

  /// Inputs: output shape, filter, input, bias. Integers accumulate in scratch for every output element.
  func transposeConvolution() -> [PrepareStep] {
    guard let input = self[.input(2)], let output = self[.output(0)] else { return [] }
    var steps = temporaries(.output(0), .input(2), .input(1))
    steps += channelArrays(self[.input(1)]?.dimension(0) ?? 0)
    if input.elementType == .int8 { steps.append(.scratch(4 * output.elementCount)) }
    if input.elementType == .int16 { steps.append(.scratch(8 * output.elementCount)) }
    if input.elementType != .float32 {
      steps += temporaries(.input(2), .input(1), .input(3), .output(0))
      if input.elementType == .int16, let bias = self[.input(3)], bias.elementType == .int16 {
        steps.append(.scratch(8 * bias.elementCount))
      }
    }
    return steps
  }

  /// The transposed operands stay in the tail for good.
  func batchMatMul() -> [PrepareStep] {
    var steps = temporaries(.input(0), .input(1), .output(0))
    if self[.input(0)]?.isNarrowInteger == true { steps.append(late(LateStructure.batchMatMul)) }
    return steps + transposedOperands() + [.persistent(dimensionBytes(.output(0)))]
  }

  func transposedOperands() -> [PrepareStep] {
    (node.attributes.bool("adj_x") ? transposed(.input(0)) : [])
      + (node.attributes.bool("adj_y") ? [] : transposed(.input(1)))
  }

  private func transposed(_ operand: KernelProfile.Operand) -> [PrepareStep] {
    [
      .persistent(RuntimeStructures(target.abi).evalTensor), .persistent(dimensionBytes(operand)),
      .persistent(self[operand]?.byteCount ?? 0),
    ]
  }
}
