import GraphIR
import Tensors

extension QuantizationRewriter {
  /// Makes an SVDF an integer one, as the converter of TensorFlow Lite does: int8 feature weights, int16 weights
  /// of time and state, all symmetric and of one scale each; a bias of scale state · time.
  ///
  /// Weights of time have as many bits as leave the kernel's sums within int32; the converter takes 10.
  mutating func rewriteSVDF(_ id: NodeID, _ node: inout Node, _ type: ElementType) {
    let operands = SVDFOperands(source[id], in: source)
    guard let input = operands.id(0), let feature = operands.id(SVDFOperands.feature),
      let time = operands.id(SVDFOperands.time), let state = operands.id(SVDFOperands.state),
      let inputParameters = plan.parameters(of: input, as: type)
    else { return }
    node.inputs[0] = converted(input, to: inputParameters)
    let quantizer = LayerQuantizer(isPerChannel: false, inputMeans: [])
    let channels = Int(source[feature].dimensions?.first ?? 1)
    let filter = quantizer.filter(
      source[feature], axis: 0, leastScales: [Float](repeating: 0, count: channels))
    node.inputs[SVDFOperands.feature] = append(quantizer.value(source[feature], filter, axis: 0))
    let timeParameters = AffineParameters(
      .int16, scale: Self.scale(source[time].data.elements(Float.self), steps: operands.timeLimit),
      zeroPoint: 0)
    node.inputs[SVDFOperands.time] = append(stored(source[time], timeParameters))
    let stateParameters = AffineParameters(
      .int16, scale: AffineParameters.usable(Double(settings.cellExtents[id] ?? 0) / 32767), zeroPoint: 0)
    setValue(state) {
      $0.elementType = .int16
      $0.quantization = stateParameters.quantization
    }
    guard let bias = operands.id(SVDFOperands.bias) else { return }
    let scale = stateParameters.scale * timeParameters.scale
    var value = source[bias]
    value.elementType = .int32
    value.data = TensorData(
      LittleEndian.bytes(
        source[bias].data.elements(Float.self).map { real in
          Int32(WholeSteps.nearest(Double(real) / Double(scale), limit: 0x1p30))
        }))
    value.quantization = Quantization(scales: [scale], zeroPoints: [0])
    node.inputs[SVDFOperands.bias] = append(value)
  }

  private static func scale(_ numbers: [Float], steps: Int) -> Float {
    let extent = numbers.reduce(0) { $1.isFinite ? max($0, abs($1)) : $0 }
    return AffineParameters.usable(Double(extent) / Double(max(steps, 1)))
  }

  private func stored(_ value: Value, _ parameters: AffineParameters) -> Value {
    var result = value
    result.elementType = parameters.elementType
    result.quantization = parameters.quantization
    result.data = TensorData(parameters.bytes(value.data.elements(Float.self)))
    return result
  }
}
