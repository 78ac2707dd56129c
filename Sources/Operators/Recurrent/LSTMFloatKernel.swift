import Foundation
import Tensors

/// LSTM in float32.
struct LSTMFloatKernel: Kernel {
  private let geometry: SequenceGeometry
  private let cell: LSTMFloatCell

  init(_ context: NodeContext, _ geometry: SequenceGeometry) {
    self.geometry = geometry
    cell = LSTMFloatCell(context, geometry)
  }

  var scratchByteCount: Int { cell.scratchByteCount }

  func run(_ arguments: KernelArguments) {
    let input = arguments.input(0, Float.self)
    let state = arguments.input(LSTMOperand.outputState, Float.self)
    geometry.forEachRow { row, batch in
      cell.step(arguments, row: row, batch: batch) { gate, unit in
        let fromInput = arguments.input(LSTMOperand.inputWeights + gate.rawValue, Float.self)
        let fromState = arguments.input(LSTMOperand.stateWeights + gate.rawValue, Float.self)
        let bias = arguments.input(LSTMOperand.biases + gate.rawValue, Float.self)
        var sum: Float = 0
        for index in 0..<geometry.inputs {
          sum += input[row * geometry.inputs + index] * fromInput[unit * geometry.inputs + index]
        }
        var recurrent: Float = 0
        for index in 0..<geometry.units {
          recurrent += state[batch * geometry.units + index] * fromState[unit * geometry.units + index]
        }
        return sum + bias[unit] + recurrent
      }
    }
  }
}

/// LSTM of float activations with int8 weights, as LiteRT runs it: input and state are quantized by row.
struct LSTMHybridKernel: Kernel {
  private let geometry: SequenceGeometry
  private let cell: LSTMFloatCell
  private let quantizer: HybridQuantizer
  private let inputScales: [Float]
  private let stateScales: [Float]

  init(_ context: NodeContext, _ geometry: SequenceGeometry) throws(KernelError) {
    var inputScales: [Float] = []
    var stateScales: [Float] = []
    for gate in 0..<4 {
      inputScales.append(try context.perTensorQuantization(LSTMOperand.inputWeights + gate).scale)
      stateScales.append(try context.perTensorQuantization(LSTMOperand.stateWeights + gate).scale)
    }
    self.geometry = geometry
    self.inputScales = inputScales
    self.stateScales = stateScales
    cell = LSTMFloatCell(context, geometry)
    quantizer = HybridQuantizer(isAsymmetric: context.attributes.bool("asymmetric_quantize_inputs"))
  }

  var scratchByteCount: Int { cell.scratchByteCount + geometry.inputs + geometry.units }

  func run(_ arguments: KernelArguments) {
    let (inputs, units) = (geometry.inputs, geometry.units)
    let input = arguments.input(0, Float.self)
    let state = arguments.input(LSTMOperand.outputState, Float.self)
    let quantized = arguments.scratch.elements(Int8.self)
    let inputStart = cell.scratchByteCount
    let stateStart = inputStart + inputs
    geometry.forEachRow { row, batch in
      let fromInput = quantizer.quantize(
        input, row * inputs..<(row + 1) * inputs, into: quantized, at: inputStart)
      let fromState = quantizer.quantize(
        state, batch * units..<(batch + 1) * units, into: quantized, at: stateStart)
      cell.step(arguments, row: row, batch: batch) { gate, unit in
        let weights = arguments.input(LSTMOperand.inputWeights + gate.rawValue, Int8.self)
        let recurrent = arguments.input(LSTMOperand.stateWeights + gate.rawValue, Int8.self)
        let bias = arguments.input(LSTMOperand.biases + gate.rawValue, Float.self)
        let first = fromInput.dot(weights, row: unit * inputs, quantized, start: inputStart, count: inputs)
        let second = fromState.dot(recurrent, row: unit * units, quantized, start: stateStart, count: units)
        return bias[unit] + Float(first) * (fromInput.scale * inputScales[gate.rawValue])
          + Float(second) * (fromState.scale * stateScales[gate.rawValue])
      }
    }
  }
}

/// What float LSTMs share: gate activations, cell and output.
struct LSTMFloatCell: Sendable {
  private let units: Int
  private let clip: Float

  init(_ context: NodeContext, _ geometry: SequenceGeometry) {
    units = geometry.units
    clip = Float(context.attributes.real("cell_clip"))
  }

  /// Room for the four gates of one row.
  var scratchByteCount: Int { units.saturatingMultiply(4 * MemoryLayout<Float>.stride) }

  /// One time step of one batch.
  ///
  /// - Parameter preactivation: a gate's sum for a unit, from the input and the old state.
  @inline(__always)
  func step(
    _ arguments: KernelArguments, row: Int, batch: Int, preactivation: (LSTMGate, Int) -> Float
  ) {
    let state = arguments.input(LSTMOperand.outputState, Float.self)
    let cell = arguments.input(LSTMOperand.cellState, Float.self)
    let output = arguments.output(0, Float.self)
    let gates = arguments.scratch.elements(Float.self)
    for gate in LSTMGate.allCases {
      for unit in 0..<units {
        let sum = preactivation(gate, unit)
        gates[gate.rawValue * units + unit] = gate == .cell ? tanhf(sum) : Self.logistic(sum)
      }
    }
    for unit in 0..<units {
      let index = batch * units + unit
      var value = gates[LSTMGate.forget.rawValue * units + unit] * cell[index]
      value += gates[LSTMGate.input.rawValue * units + unit] * gates[LSTMGate.cell.rawValue * units + unit]
      if clip > 0 { value = max(min(clip, value), -clip) }
      cell[index] = value
      state[index] = tanhf(value) * gates[LSTMGate.output.rawValue * units + unit]
      output[row * units + unit] = state[index]
    }
  }

  private static func logistic(_ x: Float) -> Float {
    if x > 16.619047164916992 { return 1 }
    return x < -9 ? expf(x) : 1 / (1 + expf(-x))
  }
}
