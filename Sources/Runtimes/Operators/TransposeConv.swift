import GraphIR
import Tensors

extension TFLMOperator {
  static let transposeConv = TFLMOperator(
    .transposeConv, method: ResolverMethod("AddTransposeConv", isInArduinoLibrary: true),
    kernels: .byLibrary(
      reference: KernelProfile(parameters: .init(StructureSize(20, 16, 20)), data: StructureSize(88, 72)) {
        $0.transposeConvolution()
      },
      cmsisNN: .own(
        KernelProfile(parameters: .init(StructureSize(20, 16, 20)), data: 80) {
          $0.cmsisTransposeConvolution()
        }),
      espNN: .portable),
    overlap: .none(because: "it adds each input to many outputs"),
    types: .layer([
      KernelTypes(.input(2), .input(1), accept: [[.float32, .float32], [.int8, .int8], [.int16, .int8]])
    ]),
    interpreter: .registered)
}

extension KernelSite {
  /// Inputs: output shape, filter, input, bias. Integers accumulate in scratch for every output element.
  fileprivate func transposeConvolution() -> [PrepareStep] {
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

  /// int8 turns small strides over many channels into a convolution with a reversed copy of the filter.
  fileprivate func cmsisTransposeConvolution() -> [PrepareStep] {
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
      sizes[0] = target.vectors == .mve ? cmsisScratch.vectorizedColumns(window) : 4 * window.roundedUp(to: 4)
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
