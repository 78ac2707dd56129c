package import GraphIR
import Tensors

/// A net with a recurrent layer as converters write it from Keras: as a loop, unrolled, or as one operator.
///
/// The same seed and sizes give the same weights in every form, so that all forms answer alike. An LSTM's gates stand
/// in Keras' order (input, forget, cell, output), a GRU's too (update, reset, candidate; reset behind the product).
package struct RecurrentNet: Sendable {
  package enum Cell: String, Sendable, CaseIterable { case lstm, gru }

  package enum Form: String, Sendable, CaseIterable {
    /// WHILE; the list of results is cut and put together anew in each turn, by SLICE and CONCATENATION.
    case loop
    /// WHILE; DYNAMIC_UPDATE_SLICE writes the list of results.
    case updatingLoop
    /// WHILE; CONCATENATION lets the list of results grow, from one that is dropped behind it.
    case growingLoop
    /// A copy of the cell for each step.
    case unrolled
    /// UNIDIRECTIONAL_SEQUENCE_LSTM; there is none for a GRU.
    case fused
  }

  package var cell = Cell.lstm
  package var form = Form.loop
  package var batch: Int32 = 1
  package var steps: Int32 = 6
  package var features: Int32 = 5
  package var units: Int32 = 4
  /// Whether all steps' results come out, or the last one's.
  package var returnsSequences = false
  package var isBidirectional = false
  /// Layers one behind another.
  package var layers = 1
  /// Whether the sum of both products and the biases are operators of their own.
  package var addsBias = false
  /// Whether a DENSE stands behind the last step.
  package var hasHead = false
  package var gain: Float = 2
  package var seed: UInt64 = 1

  package init(_ cell: Cell = .lstm, _ form: Form = .loop) { (self.cell, self.form) = (cell, form) }

  /// What a cell multiplies: rows by gate.
  package struct Weights {
    package let input: [Float]
    package let state: [Float]
    package let bias: [Float]
    package let stateBias: [Float]
  }

  var gates: Int32 { cell == .lstm ? 4 : 3 }

  package func model() -> Model {
    var builder = NetBuilder(seed: seed &* 2 &+ 1)
    var called: [Graph] = []
    var result = builder.input([batch, steps, features])
    for layer in 0..<layers {
      var net = self
      net.features = builder.dimensions(result)[2]
      net.seed = seed &+ UInt64(layer) &* 77
      net.returnsSequences = returnsSequences || layer < layers - 1
      result = net.both(result, &builder, &called)
    }
    if hasHead && !returnsSequences { result = builder.dense(result, to: 3) }
    return Model(graphs: [builder.graph([result])] + called)
  }

  /// One layer, in one direction or both.
  private func both(_ x: ValueID, _ builder: inout NetBuilder, _ called: inout [Graph]) -> ValueID {
    let result = layer(x, weights(direction: 0), &builder, &called)
    guard isBidirectional else { return result }
    let back = builder.reversed(x)
    let other = layer(back, weights(direction: 1), &builder, &called)
    let turned = returnsSequences ? builder.reversed(other) : other
    return builder.concatenation(result, turned)
  }

  package func weights(direction: UInt64) -> Weights {
    var random = NetBuilder(seed: seed &* 1000 &+ direction)
    func drawn(_ count: Int32, _ taps: Int32, _ gain: Float) -> [Float] {
      (0..<count).map { _ in random.normal() * gain / Float(max(taps, 1)).squareRoot() }
    }
    return Weights(
      input: drawn(gates * units * features, features, gain),
      state: drawn(gates * units * units, units, gain / 2),
      bias: drawn(gates * units, 4, 1), stateBias: drawn(gates * units, 4, 1))
  }

  /// Batch×time×features to batch×units, or batch×time×units.
  private func layer(
    _ x: ValueID, _ weights: Weights, _ builder: inout NetBuilder, _ called: inout [Graph]
  ) -> ValueID {
    if form == .fused { return fused(x, weights, &builder) }
    let sequence = builder.exchanged(x)
    let list =
      form == .unrolled
      ? unrolled(sequence, weights, &builder) : looped(sequence, weights, &builder, &called)
    return returnsSequences ? builder.exchanged(list) : builder.last(list)
  }

  private func fused(_ x: ValueID, _ weights: Weights, _ builder: inout NetBuilder) -> ValueID {
    func parts(_ numbers: [Float], _ dimensions: [Int32]) -> [ValueID?] {
      let size = Int(dimensions.reduce(1, *))
      return (0..<4).map { builder.floats(dimensions, Array(numbers[$0 * size..<($0 + 1) * size])) }
    }
    let none: [ValueID?] = [nil, nil, nil]
    let operands =
      [x] + parts(weights.input, [units, features]) + parts(weights.state, [units, units]) + none
      + parts(weights.bias, [units]) + [nil, nil]
      + [builder.variable([batch, units]), builder.variable([batch, units])] + none + [nil]
    let all = builder.operation(
      .unidirectionalSequenceLSTM, operands, [([batch, steps, units], .float32)],
      (
        .unidirectionalSequenceLSTM, "UnidirectionalSequenceLSTMOptions",
        [("fused_activation_function", 4), ("time_major", 0)]
      ))[0]
    return returnsSequences ? all : builder.last(builder.exchanged(all))
  }

  /// Time×batch×features to time×batch×units, or 1×batch×units.
  private func unrolled(_ x: ValueID, _ weights: Weights, _ builder: inout NetBuilder) -> ValueID {
    let parts = builder.operation(
      .unpack, [x], [([Int32], ElementType)](repeating: ([batch, features], .float32), count: Int(steps)),
      (.unpack, "UnpackOptions", [("num", Int64(steps)), ("axis", 0)]))
    let stored = RecurrentCell(self, weights, &builder)
    var states = [builder.zeros([batch, units])]
    if cell == .lstm { states.append(builder.zeros([batch, units])) }
    var results: [ValueID] = []
    for (step, part) in parts.enumerated() {
      states = stored.step(part, states, &builder, isFirst: step == 0)
      results.append(states[0])
    }
    let kept = returnsSequences ? results : [states[0]]
    return builder.operation(
      .pack, kept, [([Int32(kept.count), batch, units], .float32)],
      (.pack, "PackOptions", [("values_count", Int64(kept.count)), ("axis", 0)]))[0]
  }

  private func looped(
    _ x: ValueID, _ weights: Weights, _ builder: inout NetBuilder, _ called: inout [Graph]
  ) -> ValueID {
    let length = returnsSequences ? steps : 1
    let list = builder.zeros([form == .growingLoop ? 1 : length, batch, units])
    let state = builder.zeros([batch, units])
    let states = [state] + (cell == .lstm ? [state] : [])
    let counter = builder.integers([0], [])
    let operands = [counter, counter, list] + states + [x]
    let types = operands.map { (dimensions: builder.dimensions($0), type: builder.type($0)) }
    let first = Int64(called.count + 1)
    let results = builder.operation(
      .while, operands, types,
      (.while, "WhileOptions", [("cond_subgraph_index", first), ("body_subgraph_index", first + 1)]))
    var condition = NetBuilder(seed: 1)
    let ports = types.map { condition.input($0.dimensions, $0.type) }
    let isLess = condition.isLess(ports[0], ports[1], than: steps)
    called.append(condition.graph([isLess], name: "condition"))
    called.append(body(types, weights, returnsSequences || form == .growingLoop))
    guard form == .growingLoop else { return results[2] }
    builder.open(results[2])
    return builder.behindFirst(results[2], count: steps)
  }

  private func body(
    _ types: [(dimensions: [Int32], type: ElementType)], _ weights: Weights, _ keepsAll: Bool
  ) -> Graph {
    var builder = NetBuilder(seed: 1)
    let ports = types.map { builder.input($0.dimensions, $0.type) }
    let (x, time) = (ports[ports.count - 1], ports[1])
    let part = builder.node(
      .gather, [x, time], [batch, features], (.gather, "GatherOptions", [("axis", 0)]))
    let stored = RecurrentCell(self, weights, &builder)
    let states = stored.step(part, Array(ports[3..<ports.count - 1]), &builder, isFirst: false)
    let item = builder.reshaped(states[0], [1, batch, units])
    let list =
      switch form {
      case .growingLoop: builder.grown(ports[2], by: item)
      case .updatingLoop: builder.updated(ports[2], at: keepsAll ? time : nil, item)
      default: builder.spliced(ports[2], at: keepsAll ? time : nil, item)
      }
    let next = [builder.increment(ports[0]), builder.increment(time), list]
    return builder.graph(next + states + [x], name: "body")
  }
}
