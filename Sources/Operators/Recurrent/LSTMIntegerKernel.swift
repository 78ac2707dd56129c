import Foundation
import Tensors

/// LSTM of int8 or int16 activations with int8 weights and an int16 cell state.
struct LSTMIntegerKernel<
  Activation: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable,
  Accumulator: FixedWidthInteger & SignedInteger & BitwiseCopyable & Sendable
>: Kernel {
  private let geometry: SequenceGeometry
  private let fromInput: [LSTMProduct]
  private let fromState: [LSTMProduct]
  private let cell: LSTMIntegerCell

  init(_ context: NodeContext, _ geometry: SequenceGeometry) throws(KernelError) {
    var fromInput: [LSTMProduct] = []
    var fromState: [LSTMProduct] = []
    for gate in 0..<4 {
      fromInput.append(try LSTMProduct(context, of: 0, LSTMOperand.inputWeights + gate))
      fromState.append(try LSTMProduct(context, of: LSTMOperand.outputState, LSTMOperand.stateWeights + gate))
    }
    self.geometry = geometry
    self.fromInput = fromInput
    self.fromState = fromState
    cell = try LSTMIntegerCell(context)
  }

  /// Room for the four gates of one row.
  var scratchByteCount: Int { geometry.units.saturatingMultiply(4 * MemoryLayout<Int16>.stride) }

  func run(_ arguments: KernelArguments) {
    geometry.forEachRow { row, batch in
      for gate in LSTMGate.allCases { write(gate, arguments, row: row, batch: batch) }
      update(arguments, row: row, batch: batch)
    }
  }

  /// Computes one gate of one row into the scratch memory.
  private func write(_ gate: LSTMGate, _ arguments: KernelArguments, row: Int, batch: Int) {
    let input = arguments.input(0, Activation.self)
    let state = arguments.input(LSTMOperand.outputState, Activation.self)
    let weights = arguments.input(LSTMOperand.inputWeights + gate.rawValue, Int8.self)
    let recurrent = arguments.input(LSTMOperand.stateWeights + gate.rawValue, Int8.self)
    let bias = arguments.input(LSTMOperand.biases + gate.rawValue, Accumulator.self)
    let gates = arguments.scratch.elements(Int16.self)
    let (inputs, units) = (geometry.inputs, geometry.units)
    for unit in 0..<units {
      let first = fromInput[gate.rawValue].gateValue(
        input, row * inputs, weights, unit * inputs, count: inputs, start: bias[unit])
      let second = fromState[gate.rawValue].gateValue(
        state, batch * units, recurrent, unit * units, count: units, start: Accumulator.zero)
      let sum = Int16(clamping: first &+ second)
      gates[gate.rawValue * units + unit] =
        gate == .cell ? LSTMIntegerCell.gateTanh.tanh(sum) : LSTMIntegerCell.gateLogistic.logistic(sum)
    }
  }

  /// Computes the cell and the output of one row from its gates.
  private func update(_ arguments: KernelArguments, row: Int, batch: Int) {
    let state = arguments.input(LSTMOperand.outputState, Activation.self)
    let cells = arguments.input(LSTMOperand.cellState, Int16.self)
    let output = arguments.output(0, Activation.self)
    let gates = arguments.scratch.elements(Int16.self)
    let units = geometry.units
    for unit in 0..<units {
      let index = batch * units + unit
      cells[index] = cell.next(
        cells[index], forget: gates[LSTMGate.forget.rawValue * units + unit],
        input: gates[LSTMGate.input.rawValue * units + unit],
        cell: gates[LSTMGate.cell.rawValue * units + unit])
      let hidden = cell.output(cells[index], gates[LSTMGate.output.rawValue * units + unit])
      state[index] = Activation(clamping: hidden)
      output[row * units + unit] = state[index]
    }
  }
}

/// A fully connected product that leads to a gate of scale 2⁻¹² in int16.
struct LSTMProduct: Sendable {
  private let multiplier: QuantizedMultiplier
  private let vectorZeroPoint: Int32
  private let weightZeroPoint: Int32

  init(_ context: NodeContext, of vector: Int, _ weights: Int) throws(KernelError) {
    let vector = try context.perTensorQuantization(vector)
    let weights = try context.perTensorQuantization(weights)
    multiplier = QuantizedMultiplier(Double(vector.scale) * Double(weights.scale) * 4096)
    vectorZeroPoint = vector.zeroPoint
    weightZeroPoint = weights.zeroPoint
  }

  /// The product of a row of weights with a vector, in int16's range.
  ///
  /// - Parameter start: the bias, whose type is that of the accumulator: int32 or int64.
  @inline(__always)
  func gateValue<Activation: FixedWidthInteger & BitwiseCopyable, Accumulator: FixedWidthInteger>(
    _ vector: TensorBuffer<Activation>, _ vectorStart: Int, _ weights: TensorBuffer<Int8>, _ weightStart: Int,
    count: Int, start: Accumulator
  ) -> Int32 {
    var sum: Accumulator = 0
    for index in 0..<count {
      let weight = Int32(weights[weightStart + index]) &- weightZeroPoint
      let element = Int32(truncatingIfNeeded: vector[vectorStart + index]) &- vectorZeroPoint
      sum &+= Accumulator(truncatingIfNeeded: weight &* element)
    }
    sum &+= start
    let scaled =
      Accumulator.bitWidth == 64
      ? multiplier.apply(Int64(truncatingIfNeeded: sum)) : multiplier.apply(Int32(truncatingIfNeeded: sum))
    return clamp(scaled, to: -32768...32767)
  }
}

/// The element-wise part of an integer LSTM.
struct LSTMIntegerCell: Sendable {
  private let forgetMultiplier: QuantizedMultiplier
  private let inputMultiplier: QuantizedMultiplier
  private let outputMultiplier: QuantizedMultiplier
  private let outputZeroPoint: Int32
  private let cellTanh: Int16Sigmoid
  private let clip: Int16?

  static let gateLogistic = Int16Sigmoid(multiplier: 0, shift: 0)
  static let gateTanh = Int16Sigmoid(multiplier: 0, shift: 0)

  init(_ context: NodeContext) throws(KernelError) {
    let cellScale = try context.perTensorQuantization(LSTMOperand.cellState).scale
    let hidden = try context.perTensorQuantization(LSTMOperand.outputState)
    let power = log2(Double(cellScale)).rounded()
    guard cellScale > 0, (-42...14).contains(power) else {
      throw .unsupported("the cell state's scale is \(cellScale), out of the range of an int16 cell")
    }
    let gateScale = 1.0 / 32768
    forgetMultiplier = QuantizedMultiplier(gateScale * Double(cellScale) / Double(cellScale))
    inputMultiplier = QuantizedMultiplier(gateScale * gateScale / Double(cellScale))
    outputMultiplier = QuantizedMultiplier(gateScale * gateScale / Double(hidden.scale))
    outputZeroPoint = hidden.zeroPoint
    let shift = 12 + Int32(power)
    cellTanh = Int16Sigmoid(multiplier: shift < 0 ? 3 : 0, shift: abs(shift))
    let limit = context.attributes.real("cell_clip")
    clip = limit > 0 ? Int16(min(limit / Double(cellScale), 32767)) : nil
  }

  /// The cell state behind one step.
  @inline(__always)
  func next(_ state: Int16, forget: Int16, input: Int16, cell: Int16) -> Int16 {
    let kept = Int16(clamping: forgetMultiplier.apply(Int32(forget) &* Int32(state)))
    let added = Int16(clamping: inputMultiplier.apply(Int32(input) &* Int32(cell)))
    let sum = Int16(clamping: Int32(kept) &+ Int32(added))
    guard let clip else { return sum }
    return max(min(clip, sum), -clip)
  }

  /// The output before the clamp to its type.
  @inline(__always)
  func output(_ state: Int16, _ gate: Int16) -> Int32 {
    outputMultiplier.apply(Int32(cellTanh.tanh(state)) &* Int32(gate)) &+ outputZeroPoint
  }
}
