import GraphIR
import Tensors

/// The weights of a recurrent cell in a graph, and the operators of one step.
struct RecurrentCell {
  private let net: RecurrentNet
  private let input: ValueID
  private let state: ValueID
  private let bias: ValueID
  private let stateBias: ValueID

  init(_ net: RecurrentNet, _ weights: RecurrentNet.Weights, _ builder: inout NetBuilder) {
    self.net = net
    let rows = net.gates * net.units
    input = builder.floats([rows, net.features], weights.input)
    state = builder.floats([rows, net.units], weights.state)
    bias = builder.floats([rows], weights.bias)
    stateBias = builder.floats([rows], weights.stateBias)
  }

  /// - Parameter isFirst: whether products with the first state, zeros, are left out.
  /// - Returns: the states behind the step, the result first.
  func step(
    _ x: ValueID, _ states: [ValueID], _ builder: inout NetBuilder, isFirst: Bool
  ) -> [ValueID] {
    switch net.cell {
    case .lstm: lstm(x, states[0], states[1], &builder, isFirst: isFirst)
    case .gru: gru(x, states[0], &builder)
    }
  }

  private func product(
    _ x: ValueID, _ weights: ValueID, _ bias: ValueID?, _ builder: inout NetBuilder
  ) -> ValueID {
    builder.node(
      .fullyConnected, [x, weights] + (bias.map { [$0] } ?? []), [net.batch, net.gates * net.units],
      (.fullyConnected, "FullyConnectedOptions", []))
  }

  private func split(_ x: ValueID, _ builder: inout NetBuilder) -> [ValueID] {
    let axis = builder.integers([1], [])
    let part = (dimensions: [net.batch, net.units], type: ElementType.float32)
    return builder.operation(
      .split, [axis, x], Array(repeating: part, count: Int(net.gates)),
      (.split, "SplitOptions", [("num_splits", Int64(net.gates))]))
  }

  private func lstm(
    _ x: ValueID, _ hidden: ValueID, _ cell: ValueID, _ builder: inout NetBuilder, isFirst: Bool
  ) -> [ValueID] {
    var sum = product(x, input, net.addsBias ? nil : bias, &builder)
    if !isFirst { sum = builder.arithmetic(.add, sum, product(hidden, state, nil, &builder)) }
    if net.addsBias { sum = builder.arithmetic(.add, sum, bias) }
    let gates = split(sum, &builder)
    let (entered, kept) = (builder.function(.logistic, gates[0]), builder.function(.logistic, gates[1]))
    let old = builder.arithmetic(.mul, kept, cell)
    let new = builder.arithmetic(.mul, entered, builder.function(.tanh, gates[2]))
    let next = builder.arithmetic(.add, old, new)
    let left = builder.function(.logistic, gates[3])
    return [builder.arithmetic(.mul, left, builder.function(.tanh, next)), next]
  }

  private func gru(_ x: ValueID, _ hidden: ValueID, _ builder: inout NetBuilder) -> [ValueID] {
    let own = split(product(x, input, bias, &builder), &builder)
    let past = split(product(hidden, state, stateBias, &builder), &builder)
    let update = builder.function(.logistic, builder.arithmetic(.add, own[0], past[0]))
    let reset = builder.function(.logistic, builder.arithmetic(.add, own[1], past[1]))
    let candidate = builder.function(
      .tanh, builder.arithmetic(.add, own[2], builder.arithmetic(.mul, reset, past[2])))
    let one = builder.floats([], [1])
    let rest = builder.node(.sub, [one, update], [net.batch, net.units], (.sub, "SubOptions", []))
    return [
      builder.arithmetic(
        .add, builder.arithmetic(.mul, update, hidden), builder.arithmetic(.mul, rest, candidate))
    ]
  }
}

extension NetBuilder {
  mutating func zeros(_ dimensions: [Int32]) -> ValueID {
    floats(dimensions, [Float](repeating: 0, count: Int(dimensions.reduce(1, *))))
  }

  mutating func function(_ builtin: BuiltinOperator, _ x: ValueID) -> ValueID {
    node(builtin, [x], dimensions(x))
  }

  /// Batch and time exchanged.
  mutating func exchanged(_ x: ValueID) -> ValueID {
    let shape = dimensions(x)
    let order = integers([1, 0, 2])
    return node(
      .transpose, [x, order], [shape[1], shape[0], shape[2]], (.transpose, "TransposeOptions", []))
  }

  /// The steps of batch×time×… in the opposite order.
  mutating func reversed(_ x: ValueID) -> ValueID {
    let axis = integers([1])
    return node(.reverseV2, [x, axis], dimensions(x), (.reverseV2, "ReverseV2Options", []))
  }

  mutating func reshaped(_ x: ValueID, _ shape: [Int32]) -> ValueID {
    let operand = integers(shape)
    return operation(.reshape, [x, operand], [(shape, type(x))])[0]
  }

  /// The last of the first axis.
  mutating func last(_ x: ValueID) -> ValueID {
    let ends = [integers([-1, 0, 0]), integers([0, 0, 0]), integers([1, 1, 1])]
    return node(
      .stridedSlice, [x] + ends, Array(dimensions(x).dropFirst()),
      (
        .stridedSlice, "StridedSliceOptions",
        [("begin_mask", 6), ("end_mask", 7), ("shrink_axis_mask", 1)]
      ))
  }

  /// All but the first of the first axis.
  mutating func behindFirst(_ x: ValueID, count: Int32) -> ValueID {
    let (begin, size) = (integers([1, 0, 0]), integers([-1, -1, -1]))
    return node(.slice, [x, begin, size], [count] + dimensions(x).dropFirst(), (.slice, "SliceOptions", []))
  }

  mutating func increment(_ x: ValueID) -> ValueID {
    let one = integers([1], [])
    return operation(.add, [x, one], [([], .int32)], (.add, "AddOptions", []))[0]
  }

  /// Whether both numbers are less than one.
  mutating func isLess(_ x: ValueID, _ y: ValueID, than limit: Int32) -> ValueID {
    let bound = integers([limit], [])
    let both = [x, y].map { operation(.less, [$0, bound], [([], .bool)], (.less, "LessOptions", []))[0] }
    return operation(.logicalAnd, both, [([], .bool)], (.logicalAnd, "LogicalAndOptions", []))[0]
  }

  private mutating func joined(_ parts: [ValueID], _ shape: [Int32]) -> ValueID {
    operation(
      .concatenation, parts, [(shape, type(parts[0]))],
      (.concatenation, "ConcatenationOptions", [("axis", 0)])
    )[0]
  }

  mutating func grown(_ list: ValueID, by item: ValueID) -> ValueID {
    let shape = [dimensions(list)[0] + 1] + dimensions(list).dropFirst()
    let result = joined([list, item], shape)
    open(result)
    return result
  }

  /// - Parameter index: nil for the first.
  mutating func updated(_ list: ValueID, at index: ValueID?, _ item: ValueID) -> ValueID {
    let zeros = integers([0, 0])
    let start = index.map { joined([reshaped($0, [1]), zeros], [3]) } ?? integers([0, 0, 0])
    return node(
      .dynamicUpdateSlice, [list, item, start], dimensions(list),
      (.dynamicUpdateSlice, "DynamicUpdateSliceOptions", []))
  }

  /// What stands before the index, the item, and what stands behind it.
  mutating func spliced(_ list: ValueID, at index: ValueID?, _ item: ValueID) -> ValueID {
    let shape = dimensions(list)
    let (zeros, ends) = (integers([0, 0, 0]), integers([-1, -1, -1]))
    let piece = [index == nil ? shape[0] - 1 : 1] + shape.dropFirst()
    let size = index.map { joined([reshaped($0, [1]), integers([-1, -1])], [3]) } ?? integers([0, -1, -1])
    let none = [0] + shape.dropFirst()
    let before = node(
      .slice, [list, zeros, size], index == nil ? none : piece, (.slice, "SliceOptions", []))
    let begin =
      index.map { joined([reshaped(increment($0), [1]), integers([0, 0])], [3]) } ?? integers([1, 0, 0])
    let behind = node(.slice, [list, begin, ends], piece, (.slice, "SliceOptions", []))
    if index != nil {
      open(before)
      open(behind)
    }
    return joined([before, item, behind], shape)
  }
}
