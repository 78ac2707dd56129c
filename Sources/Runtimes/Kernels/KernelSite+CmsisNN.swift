import GraphIR
import Tensors

extension KernelSite {
  private var scratch: CmsisScratch { CmsisScratch(vectors: target.vectors) }

  /// Requests nothing for nothing.
  private func request(_ bytes: Int) -> [PrepareStep] { bytes > 0 ? [.scratch(bytes)] : [] }

  func cmsisConvolution() -> [PrepareStep] {
    guard let geometry else { return [] }
    let input = geometry.input
    var steps = temporaries(.input(0), .input(1), .output(0))
    if input.isNarrowInteger { steps += channelArrays(geometry.filter.dimension(0)) }
    steps += temporaries(.input(0), .input(1), .input(2), .output(0))
    // int16 with a 32-bit bias is converted elsewhere, and asks for nothing here.
    let hasOptimizedBias = self[.input(2)].map { $0.elementType == .int64 } ?? true
    guard input.elementType == .int8 || (input.elementType == .int16 && hasOptimizedBias) else {
      return steps
    }
    return steps + request(scratch.convolution(geometry))
  }

  func cmsisDepthwiseConvolution() -> [PrepareStep] {
    guard let geometry else { return [] }
    let channels = geometry.filter.dimension(3)
    var steps = temporaries(.input(0), .input(1), .output(0))
    if geometry.input.isNarrowInteger { steps += channelArrays(channels) }
    steps += temporaries(.input(0), .input(1), .input(2), .output(0))
    guard geometry.input.elementType == .int8 else { return steps }
    return steps + request(scratch.depthwise(geometry, outputChannels: channels))
  }

  /// Rank above 2 and a depth that 4 divides go through the 1×1 convolution, with channel arrays faked in
  /// scratch; else MVE sums every row of a constant filter in advance.
  func cmsisFullyConnected() -> [PrepareStep] {
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

  func cmsisAveragePool() -> [PrepareStep] {
    let steps = temporaries(.input(0), .output(0), .input(0), .output(0))
    guard let input = self[.input(0)], input.isNarrowInteger, target.vectors == .dsp else { return steps }
    return steps + request(4 * input.dimension(3))
  }

  func cmsisSVDF() -> [PrepareStep] {
    guard self[.input(0)]?.elementType == .int8, target.vectors == .mve else { return svdf() }
    return svdf() + [.persistent(4 * (self[.input(1)]?.dimension(0) ?? 0))]
  }

  func cmsisBatchMatMul() -> [PrepareStep] {
    var steps = temporaries(.input(0), .input(1), .output(0)) + transposedOperands()
    steps.append(.persistent(dimensionBytes(.output(0))))
    guard let input = self[.input(0)], input.isNarrowInteger, let output = self[.output(0)] else {
      return steps
    }
    steps.append(late(LateStructure.batchMatMul))
    guard input.elementType == .int8, target.vectors == .mve else { return steps }
    return steps + request(4 * output.dimension(output.rank - 1))
  }

  /// Sums of the four gates' weights for input and state; three buffers of one state instead of four.
  func cmsisLSTM() -> [PrepareStep] {
    let steps = lstm()
    guard let input = self[.input(0)], input.isNarrowInteger, self[.input(19)]?.elementType == .int16 else {
      return steps
    }
    let sumBytes = (input.elementType == .int8 ? 4 : 8) * (self[.input(18)]?.dimension(1) ?? 0)
    return Array(steps.dropLast()) + [PrepareStep](repeating: .persistent(sumBytes), count: 8)
  }

  /// int8 turns small strides over many channels into a convolution with a reversed copy of the filter.
  func cmsisTransposeConvolution() -> [PrepareStep] {
    guard let input = self[.input(2)], let filter = self[.input(1)], let output = self[.output(0)],
      input.elementType == .int8
    else { return transposeConvolution() }
    let rows = node.attributes.integer("stride_h")
    let columns = node.attributes.integer("stride_w")
    let taps = Int.product(filter.dimension(1), filter.dimension(2))
    let channels = input.dimension(3)
    var sizes = [0, 0]
    if rows <= 2, columns <= 2, channels > 16 {
      let window = Int.product(channels, taps)
      sizes[0] = target.vectors == .mve ? scratch.vectorizedColumns(window) : 4 * window.roundedUp(to: 4)
      sizes[1] = .product(window, output.dimension(3))
    } else {
      let width =
        Int.product(max(0, input.dimension(2) - 1), max(0, columns)) + max(filter.dimension(2), rows)
      sizes[0] = .product(4, width, output.dimension(3), max(filter.dimension(1), rows))
    }
    return temporaries(.output(0), .input(2), .input(1)) + channelArrays(filter.dimension(0))
      + sizes.map(PrepareStep.scratch) + temporaries(.input(2), .input(1), .input(3), .output(0))
  }
}
