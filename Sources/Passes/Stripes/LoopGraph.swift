import GraphIR
import Tensors

/// A graph of a loop over stripes while it is written.
struct LoopGraph {
  private(set) var nodes: [Node] = []
  private(set) var values: [Value] = []
  var inputs: [ValueID] = []
  var outputs: [ValueID] = []
  /// Constants of the caller that the graph has already, by the caller's number.
  private var known: [ValueID: ValueID] = [:]
  private var integers: [Numbers: ValueID] = [:]

  private struct Numbers: Hashable {
    let numbers: [Int]
    let dimensions: [Int]
  }

  mutating func add(_ value: Value) -> ValueID {
    values.append(value)
    return ValueID(values.count - 1)
  }

  mutating func input(_ value: Value) -> ValueID {
    let id = add(value)
    inputs.append(id)
    return id
  }

  /// A constant of the caller, with the caller's bytes.
  mutating func constant(_ id: ValueID, of graph: Graph) -> ValueID {
    if let value = known[id] { return value }
    let value = add(graph[id])
    known[id] = value
    return value
  }

  /// A constant list of int32, one for all that ask for the same.
  mutating func constant(_ numbers: [Int], dimensions: [Int]? = nil) -> ValueID {
    let key = Numbers(numbers: numbers, dimensions: dimensions ?? [numbers.count])
    if let value = integers[key] { return value }
    let value = add(Value.integers(nil, numbers, dimensions: key.dimensions))
    integers[key] = value
    return value
  }

  mutating func add(_ node: Node) { nodes.append(node) }

  /// The graph, with operators' versions by what they compute.
  func graph(named name: String) -> Graph {
    let plain = Graph(name: name, nodes: nodes, values: values, inputs: inputs, outputs: outputs)
    return Graph(
      name: name, nodes: nodes.map { $0.versioned(in: plain) }, values: values, inputs: inputs,
      outputs: outputs)
  }
}

extension Node {
  /// The node with at least the version that its types need.
  func versioned(in graph: Graph) -> Node {
    var node = self
    node.code = versionedCode(in: graph)
    return node
  }
}

extension Value {
  /// The same elements in a row.
  var flat: Value {
    var value = self
    value.name = name.map { $0 + "/flat" }
    value.dimensions = [Int32(clamping: shape?.elementCount ?? 0)]
    value.shapeSignature = nil
    return value
  }

  /// Elements that stand for zero.
  func zeros(_ count: Int) -> [UInt8] {
    let zero = quantization?.zeroPoints?.first ?? 0
    let width = (elementType.bitWidth ?? 8) / 8
    guard elementType != .float32 else { return [UInt8](repeating: 0, count: 4 * count) }
    let element = (0..<width).map { UInt8(truncatingIfNeeded: zero >> (8 * Int64($0))) }
    return (0..<count).flatMap { _ in element }
  }

  /// An index vector, a counter.
  static func index(_ name: String, count: Int) -> Value {
    Value(name: name, dimensions: [Int32(clamping: count)], elementType: .int32)
  }
}

extension Node {
  static func slice(_ input: ValueID, begin: ValueID, size: ValueID, to output: ValueID) -> Node {
    .making(.slice, [input, begin, size], [output], Options(.slice, "SliceOptions"))
  }

  static func pad(_ input: ValueID, by paddings: ValueID, to output: ValueID) -> Node {
    .making(.pad, [input, paddings], [output], Options(.pad, "PadOptions"))
  }

  static func pad(
    _ input: ValueID, by paddings: ValueID, with number: ValueID, to output: ValueID
  ) -> Node {
    .making(.padv2, [input, paddings, number], [output], Options(.padV2, "PadV2Options"))
  }

  /// RESHAPE to the shape of a value, which its options name: a constant would take tail.
  static func reshape(_ input: ValueID, to output: ValueID, as value: Value) -> Node {
    let dimensions = (value.dimensions ?? []).map(Int64.init)
    let options = Record("ReshapeOptions", [.init(name: "new_shape", value: .integers(dimensions))])
    return making(.reshape, [input], [output], Options(.reshape, options))
  }

  /// MUL or MINIMUM of rows and a number for each.
  static func masking(
    _ builtin: BuiltinOperator, _ rows: ValueID, _ numbers: ValueID, to output: ValueID
  ) -> Node {
    let options =
      builtin == .mul
      ? Options(.mul, "MulOptions", [("fused_activation_function", 0)])
      : Options(.maximumMinimum, "MaximumMinimumOptions")
    return .making(builtin, [rows, numbers], [output], options)
  }

  static func fill(_ dimensions: ValueID, with number: ValueID, to output: ValueID) -> Node {
    .making(.fill, [dimensions, number], [output], Options(.fill, "FillOptions"))
  }
}
