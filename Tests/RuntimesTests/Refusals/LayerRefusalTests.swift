import GraphIR
import Tensors
import Testing

@testable import Runtimes

/// Layers with weights: scales of biases, channels, operands, options.
@Suite struct LayerRefusalTests {
  private static let strides = ["stride_w": 1, "stride_h": 1]
  private static let layers: [BuiltinOperator] = [.conv2D, .depthwiseConv2D, .transposeConv, .fullyConnected]

  private func finding(
    _ builtin: BuiltinOperator, _ data: SampleTensor = .int8(1, 1, 1, 2),
    filter: SampleTensor = .int8(2, 1, 1, 2, zero: 0), bias: SampleTensor?, hasBias: Bool = true,
    options: [String: Int] = Self.strides
  ) -> TFLMFinding? {
    var filter = filter.constant()
    var output = data
    let bias = bias?.constant()
    var inputs: [SampleTensor?] = [data, filter]
    switch builtin {
    case .depthwiseConv2D: inputs[1]?.dimensions = [1, 1, 1, 2]
    case .transposeConv: inputs = [.vector(1, 1, 1, 2), filter, data]
    case .fullyConnected:
      filter.dimensions = [2, 2]
      output.dimensions = [1, 2]
      inputs[1] = filter
    default: break
    }
    return RefusalSamples.finding(builtin, inputs + (hasBias ? [bias] : []), [output], options)
  }

  private func bias(_ type: ElementType = .int32, scale: Float = 0.25) -> SampleTensor {
    var bias = SampleTensor.of(type, 2)
    bias.scales = [scale]
    bias.zeroPoints = [0]
    return bias
  }

  @Test(arguments: layers)
  func biasesAreInUnitsOfInputTimesFilter(builtin: BuiltinOperator) {
    #expect(finding(builtin, bias: bias()) == nil)
    #expect(finding(builtin, bias: bias(scale: 0.255)) == nil)
    let finding = finding(builtin, bias: bias(scale: 0.5))
    #expect(finding?.kind == .quantization)
    #expect(finding?.severity == (builtin == .fullyConnected ? .refused : .wrongAnswers))
  }

  @Test(arguments: layers)
  func layersNeedScales(builtin: BuiltinOperator) {
    let plain = SampleTensor.int8(1, 1, 1, 2).unquantized()
    let isChecked = builtin != .fullyConnected
    #expect(
      finding(builtin, plain, bias: nil, hasBias: false)?.severity == (isChecked ? .refused : .wrongAnswers))
    #expect(
      finding(builtin, filter: SampleTensor.int8(2, 1, 1, 2).unquantized(), bias: nil, hasBias: false) != nil)
  }

  @Test(arguments: layers)
  func onlyDepthwiseReadsABiasThatIsMarkedAsAbsent(builtin: BuiltinOperator) {
    #expect(finding(builtin, bias: nil, hasBias: false) == nil)
    #expect(finding(builtin, bias: nil)?.kind == (builtin == .depthwiseConv2D ? .operands : nil))
  }

  @Test(arguments: [
    (BuiltinOperator.depthwiseConv2D, true), (.transposeConv, true), (.conv2D, false),
    (.fullyConnected, false),
  ])
  func biasesOfInt16LayersAreReadAsInt64(builtin: BuiltinOperator, isMisread: Bool) {
    let data = SampleTensor.int16(1, 1, 1, 2)
    #expect(finding(builtin, data, bias: bias(.int64)) == nil)
    #expect(finding(builtin, data, bias: bias(.int32))?.severity == (isMisread ? .wrongAnswers : nil))
  }

  @Test func channelsHaveOneScaleEach() {
    var filter = SampleTensor.int8(2, 1, 1, 2, zero: 0)
    filter.scales = [0.5, 0.25]
    filter.zeroPoints = [0, 0]
    #expect(finding(.conv2D, filter: filter, bias: bias()) == nil)
    filter.axis = 1
    #expect(finding(.conv2D, filter: filter, bias: bias())?.kind == .quantization)
    filter.scales = [0.5, 0.25, 0.25]
    filter.zeroPoints = [0, 0, 0]
    #expect(finding(.conv2D, filter: filter, bias: bias())?.kind == .quantization)
  }

  @Test func weightsOfFourBitsHaveOneScale() {
    var filter = SampleTensor.int8(2, 2, zero: 0)
    filter.type = .int4
    #expect(finding(.fullyConnected, filter: filter, bias: nil, hasBias: false) == nil)
    filter.scales = [0.5, 0.25]
    filter.zeroPoints = [0, 0]
    let found = finding(.fullyConnected, filter: filter, bias: nil, hasBias: false)
    #expect(found?.kind == .quantization && found?.severity == .refused)
    filter.type = .int8
    #expect(finding(.fullyConnected, filter: filter, bias: nil, hasBias: false) == nil)
  }

  @Test func stridesComeFromOptions() {
    #expect(finding(.conv2D, bias: bias(), options: [:])?.kind == .options)
    #expect(finding(.depthwiseConv2D, bias: bias(), options: ["stride_w": 1])?.kind == .options)
  }
}
