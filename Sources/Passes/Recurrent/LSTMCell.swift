import GraphIR
import Tensors

/// The operators of one step of an LSTM: c = σ(f) · c′ + σ(i) · tanh(g), h = σ(o) · tanh(c).
struct LSTMCell {
  let hidden: ValueID
  let cell: ValueID
  /// The cell before; nil where it was zero and has been left out.
  let previous: ValueID?
  /// What goes into the gates, in the order input, forget, cell, output; the forget gate only where there is a cell before.
  let gates: [ValueID?]

  /// Finds the step that gives a value.
  init?(hidden: ValueID, in context: RewriteContext) {
    guard let (output, tanh) = Self.gated(hidden, context), let cell = Self.operand(of: tanh, .tanh, context)
    else { return nil }
    self.hidden = hidden
    self.cell = cell
    if let (input, candidate) = Self.entered(cell, context) {
      previous = nil
      gates = [input, nil, candidate, output]
      return
    }
    guard let sum = context.node(.add, writing: cell), context.activation(of: sum) == 0 else { return nil }
    for (kept, new) in context.operandPairs(of: sum, isCommutative: true) {
      guard let (input, candidate) = Self.entered(new, context),
        let (forget, previous) = Self.gated(kept, context)
      else { continue }
      self.previous = previous
      gates = [input, forget, candidate, output]
      return
    }
    return nil
  }

  /// What goes into the gate, and the other factor, where a value is a product with a LOGISTIC.
  private static func gated(_ value: ValueID, _ context: RewriteContext) -> (ValueID, ValueID)? {
    guard let product = context.node(.mul, writing: value), context.activation(of: product) == 0 else {
      return nil
    }
    for (gate, other) in context.operandPairs(of: product, isCommutative: true) {
      if let operand = operand(of: gate, .logistic, context) { return (operand, other) }
    }
    return nil
  }

  /// What goes into the gate and into the TANH, where a value is σ(i) · tanh(g).
  private static func entered(_ value: ValueID, _ context: RewriteContext) -> (ValueID, ValueID)? {
    guard let (gate, other) = gated(value, context), let candidate = operand(of: other, .tanh, context) else {
      return nil
    }
    return (gate, candidate)
  }

  private static func operand(
    of value: ValueID, _ builtin: BuiltinOperator, _ context: RewriteContext
  ) -> ValueID? {
    context.node(builtin, writing: value).flatMap { context.input(0, of: context.graph[$0]) }
  }
}

/// The weights of an LSTM, by gate.
struct LSTMWeights: Equatable {
  var input: [[Float]]
  var state: [[Float]]
  var bias: [[Float]]
  let features: Int
  let units: Int

  /// The weights of a step.
  ///
  /// - Parameter previous: what the state before is; nil where it was zero.
  /// - Returns: also what the step reads; nil where the gates are no products of that and the state.
  static func of(
    _ cell: LSTMCell, previous: ValueID?, _ context: RewriteContext
  ) -> (weights: LSTMWeights, x: ValueID)? {
    var reader = LinearReader(context)
    var forms: [LinearForm?] = []
    for gate in cell.gates {
      let form = gate.flatMap { reader.form(of: $0) }
      guard (form == nil) == (gate == nil) else { return nil }
      forms.append(form)
    }
    let known = forms.compactMap(\.self)
    let previous = previous.map { reader.source(of: $0) }
    let sources = Set(known.flatMap(\.terms.keys)).subtracting([previous].compactMap(\.self))
    guard let units = context.dimensions(cell.hidden)?.last, let x = sources.first, sources.count == 1,
      known.allSatisfy({ $0.rows == units }), let features = context.dimensions(x)?.last
    else { return nil }
    let empty = [Float](repeating: 0, count: units * max(units, features))
    func matrices(_ source: ValueID?, _ width: Int) -> [[Float]] {
      forms.map { form in
        source.flatMap { form?.terms[$0] } ?? Array(empty.prefix(units * width))
      }
    }
    let weights = LSTMWeights(
      input: matrices(x, features), state: matrices(previous, units),
      bias: forms.map { $0?.constant ?? Array(empty.prefix(units)) }, features: features, units: units)
    let fits =
      weights.input.allSatisfy { $0.count == units * features }
      && weights.state.allSatisfy { $0.count == units * units }
    return fits ? (weights, x) : nil
  }

  /// Whether a first step, whose state before is zero, is one of these weights: what zeros multiply is not looked at.
  func startsAlike(_ other: LSTMWeights, _ cell: LSTMCell) -> Bool {
    guard features == other.features, units == other.units else { return false }
    return cell.gates.indices.filter { cell.gates[$0] != nil }.allSatisfy {
      input[$0] == other.input[$0] && bias[$0] == other.bias[$0]
    }
  }
}

extension LSTMWeights {
  /// UNIDIRECTIONAL_SEQUENCE_LSTM of these weights, whose state starts at zero.
  ///
  /// - Parameters:
  ///   - input: time×batch×features, or batch×time×features.
  ///   - edit: gets the constants and the states.
  func node(
    reading input: ValueID, writing output: ValueID, batch: Int, isTimeMajor: Bool, _ edit: inout GraphEdit
  ) -> Node {
    let name = edit[output].name ?? "lstm"
    let gates = ["input", "forget", "cell", "output"]
    func constants(_ kind: String, _ numbers: [[Float]], _ dimensions: [Int]) -> [ValueID?] {
      zip(gates, numbers).map { gate, numbers in
        edit.add(
          Value(
            name: "\(name)/\(gate)_\(kind)", dimensions: dimensions.map { Int32(clamping: $0) },
            elementType: .float32, data: TensorData(numbers.flatMap(\.littleEndianBytes))))
      }
    }
    func state(_ kind: String) -> ValueID {
      edit.add(
        Value(
          name: "\(name)/\(kind)_state", dimensions: [Int32(clamping: batch), Int32(clamping: units)],
          elementType: .float32, isVariable: true))
    }
    let none = [ValueID?](repeating: nil, count: 4)
    let operands =
      [input] + constants("weights", self.input, [units, features])
      + constants("recurrent_weights", self.state, [units, units]) + none.dropLast()
      + constants("bias", bias, [units]) + none.prefix(2) + [state("output"), state("cell")] + none
    return .making(
      .unidirectionalSequenceLSTM, operands, [output],
      .init(
        .unidirectionalSequenceLSTM, "UnidirectionalSequenceLSTMOptions",
        [("fused_activation_function", 4), ("time_major", isTimeMajor ? 1 : 0)]))
  }
}
