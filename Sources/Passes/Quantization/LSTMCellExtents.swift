import GraphIR
import Tensors

/// The largest magnitude of an LSTM's cell state, which no value of the graph shows: the float cell is
/// replayed on the activations that enter it and those that leave it.
struct LSTMCellExtents: ActivationAccumulator {
  private let layers: [Layer]
  private(set) var extents: [Float]

  /// The float weights of one LSTM.
  struct Layer: Sendable {
    let sizes: (isTimeMajor: Bool, batch: Int, steps: Int, inputs: Int, units: Int)
    let fromInput: [[Float]]
    let fromState: [[Float]]
    let biases: [[Float]]
    let clip: Float

    init?(_ operands: LSTMOperands) {
      guard let sizes = operands.sizes else { return nil }
      self.sizes = sizes
      fromInput = LSTMOperands.inputWeights.map { operands.elements($0) }
      fromState = LSTMOperands.stateWeights.map { operands.elements($0) }
      biases = LSTMOperands.biases.map { operands.elements($0) }
      clip = Float(operands.node.attributes.real("cell_clip"))
    }
  }

  init(_ layers: [Layer]) {
    self.layers = layers
    extents = layers.map { _ in 0 }
  }

  /// - Parameter activations: input and output of each LSTM, in turn.
  mutating func add(sample: Int, _ activations: [[Float]]) {
    for (index, layer) in layers.enumerated() {
      let extent = layer.extent(input: activations[2 * index], output: activations[2 * index + 1])
      extents[index] = max(extents[index], extent)
    }
  }

  mutating func merge(_ next: LSTMCellExtents) {
    for index in extents.indices { extents[index] = max(extents[index], next.extents[index]) }
  }
}

extension LSTMCellExtents.Layer {
  /// The largest cell of one run, whose state starts at zero.
  fileprivate func extent(input: [Float], output: [Float]) -> Float {
    var largest: Float = 0
    for batch in 0..<sizes.batch {
      var cells = [Float](repeating: 0, count: sizes.units)
      var hidden = [Float](repeating: 0, count: sizes.units)
      for step in 0..<sizes.steps {
        let row = sizes.isTimeMajor ? step * sizes.batch + batch : batch * sizes.steps + step
        for unit in 0..<sizes.units {
          let gates = (0..<4).map { gate($0, unit, input, row, hidden) }
          let kept = cells[unit] * PortableMath.logistic(gates[1])
          var cell = kept + PortableMath.logistic(gates[0]) * PortableMath.tanh(gates[2])
          if clip > 0 { cell = min(max(cell, -clip), clip) }
          cells[unit] = cell
          largest = max(largest, abs(cell))
        }
        hidden = Array(output[row * sizes.units..<(row + 1) * sizes.units])
      }
    }
    return largest
  }

  private func gate(_ gate: Int, _ unit: Int, _ input: [Float], _ row: Int, _ hidden: [Float]) -> Float {
    var sum = biases[gate][unit]
    for column in 0..<sizes.inputs {
      sum += input[row * sizes.inputs + column] * fromInput[gate][unit * sizes.inputs + column]
    }
    for column in hidden.indices { sum += hidden[column] * fromState[gate][unit * sizes.units + column] }
    return sum
  }
}
