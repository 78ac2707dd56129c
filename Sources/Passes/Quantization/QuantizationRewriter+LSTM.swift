import GraphIR
import Tensors

extension QuantizationRewriter {
  /// Makes an LSTM an integer one, as the converter of TensorFlow Lite does: symmetric int8 weights, one
  /// scale a matrix; biases of scale input · weights; an output state stored like the output; an int16 cell
  /// whose scale is a power of two; gates of scale 2⁻¹².
  mutating func rewriteLSTM(_ id: NodeID, _ node: inout Node, _ type: ElementType) {
    let operands = LSTMOperands(source[id], in: source)
    guard let input = operands.id(0), let output = node.outputs.first,
      let inputParameters = plan.parameters(of: input, as: type),
      let hidden = plan.parameters(of: output, as: type)
    else { return }
    node.inputs[0] = converted(input, to: inputParameters)
    for gate in 0..<4 {
      let scale = setWeights(LSTMOperands.inputWeights.lowerBound + gate, operands, &node)
      _ = setWeights(LSTMOperands.stateWeights.lowerBound + gate, operands, &node)
      setBias(LSTMOperands.biases.lowerBound + gate, operands, &node, inputParameters.scale * scale, type)
    }
    if let state = operands.id(LSTMOperands.outputState) {
      setValue(state) {
        $0.elementType = hidden.elementType
        $0.quantization = hidden.quantization
      }
    }
    if let cell = operands.id(LSTMOperands.cellState) {
      let scale = Self.cellScale(settings.cellExtents[id] ?? 0)
      setValue(cell) {
        $0.elementType = .int16
        $0.quantization = AffineParameters(.int16, scale: scale, zeroPoint: 0).quantization
      }
    }
    let name = source[output].name ?? "lstm"
    let gate = AffineParameters(.int16, scale: 0x1p-12, zeroPoint: 0)
    node.intermediates = (0..<5).map { index in
      let parameters =
        index < 4
        ? gate : AffineParameters(hidden.elementType, scale: hidden.scale, zeroPoint: hidden.zeroPoint)
      return append(
        Value(
          name: "\(name)/intermediate_\(index)", dimensions: [0], elementType: parameters.elementType,
          quantization: parameters.quantization))
    }
  }

  /// The least power of two over 2¹⁵ whose int16 range holds the cell.
  static func cellScale(_ extent: Float) -> Float {
    let held = min(max(extent, 0x1p-10), 0x1p10)
    let power = Int(held.exponent) + (held.significand > 1 ? 1 : 0)
    return Float(sign: .plus, exponent: power - 15, significand: 1)
  }

  private mutating func setWeights(_ position: Int, _ operands: LSTMOperands, _ node: inout Node) -> Float {
    guard let id = operands.id(position) else { return 1 }
    let quantizer = LayerQuantizer(isPerChannel: false, inputMeans: [])
    let value = operands.graph[id]
    let channels = Int(value.dimensions?.first ?? 1)
    let filter = quantizer.filter(value, axis: 0, leastScales: [Float](repeating: 0, count: channels))
    node.inputs[position] = append(quantizer.value(value, filter, axis: 0))
    return filter.scales.first ?? 1
  }

  private mutating func setBias(
    _ position: Int, _ operands: LSTMOperands, _ node: inout Node, _ scale: Float, _ type: ElementType
  ) {
    guard let id = operands.id(position) else { return }
    let stored = operands.elements(position).map { real in
      Int64(WholeSteps.nearest(Double(real) / Double(scale), limit: Double(Int32.max)))
    }
    var value = operands.graph[id]
    value.elementType = type == .int16 ? .int64 : .int32
    value.data = TensorData(
      type == .int16
        ? LittleEndian.bytes(stored) : LittleEndian.bytes(stored.map { Int32(truncatingIfNeeded: $0) }))
    value.quantization = Quantization(scales: [scale], zeroPoints: [0])
    node.inputs[position] = append(value)
  }
}
