package import GraphIR
import Tensors

/// Small networks of random shapes: chains, residual sums, branches, joins, several outputs, called graphs and
/// loops. All can be run; the same seed gives the same network.
package enum RandomNets {
  package enum Kind: CaseIterable, Sendable {
    case chain, residual, branches, dense, joins, outputs, conditions, loops
  }

  /// - Parameters:
  ///   - steps: operators to draw, about; called graphs come on top.
  ///   - isInteger: whether tensors are int8, so that optimized kernels ask for scratch memory.
  package static func model(
    _ kind: Kind, seed: UInt64, steps: Int = 12, isInteger: Bool = false
  ) -> Model {
    let model: Model
    switch kind {
    case .conditions: model = conditions(seed: seed, steps: steps)
    case .loops: model = loops(seed: seed, steps: steps)
    default:
      var growth = Growth(seed: seed, kind)
      growth.addInputs()
      for _ in 0..<steps { growth.step() }
      model = Model(graphs: [growth.graph(most: kind == .outputs ? 4 : 1)])
    }
    return isInteger ? model.asInteger : model
  }

  /// IFs one after the other, each between two small graphs.
  private static func conditions(seed: UInt64, steps: Int) -> Model {
    var main = Growth(seed: seed, .residual)
    let flag = main.net.input([1], .bool)
    main.addInputs()
    var graphs: [Graph] = []
    for number in 0..<2 {
      for _ in 0..<steps / 4 { main.step() }
      let operand = main.values[main.values.count - 1]
      let dimensions = main.net.dimensions(operand)
      for branch in 0..<2 {
        graphs.append(
          called(dimensions, seed: seed &* 31 &+ UInt64(2 * number + branch), steps: steps / 4))
      }
      let fields = [
        ("then_subgraph_index", Int64(2 * number + 1)), ("else_subgraph_index", Int64(2 * number + 2)),
      ]
      main.values.append(main.net.node(.if, [flag, operand], dimensions, (.if, "IfOptions", fields)))
    }
    for _ in 0..<steps / 4 { main.step() }
    return Model(graphs: [main.graph(most: 2)] + graphs)
  }

  /// A graph from one tensor to one of the same shape.
  private static func called(_ dimensions: [Int32], seed: UInt64, steps: Int) -> Graph {
    var growth = Growth(seed: seed, .residual)
    growth.values = [growth.net.input(dimensions)]
    growth.keepsShape = true
    for _ in 0..<max(steps, 1) { growth.step() }
    return growth.graph(most: 1)
  }

  /// A loop of three turns over one or two tensors, with operators before and behind it.
  private static func loops(seed: UInt64, steps: Int) -> Model {
    var main = Growth(seed: seed, .residual)
    main.addInputs()
    for _ in 0..<steps / 3 { main.step() }
    let operand = main.values[main.values.count - 1]
    let dimensions = main.net.dimensions(operand)
    let counter = main.net.integers([0])
    let results = main.net.operation(
      .while, [counter, operand], [([1], .int32), (dimensions, .float32)],
      (.while, "WhileOptions", [("cond_subgraph_index", 1), ("body_subgraph_index", 2)]))
    main.values.append(results[1])
    for _ in 0..<steps / 3 { main.step() }
    var test = NetBuilder(seed: seed)
    let tested = test.input([1], .int32)
    _ = test.input(dimensions)
    let limit = test.integers([3])
    let goesOn = test.operation(.less, [tested, limit], [([1], .bool)])
    var body = Growth(seed: seed &+ 77, .residual)
    let number = body.net.input([1], .int32)
    body.values = [body.net.input(dimensions)]
    body.keepsShape = true
    for _ in 0..<max(steps / 3, 1) { body.step() }
    let one = body.net.integers([1])
    let next = body.net.operation(
      .add, [number, one], [([1], .int32)], (.add, "AddOptions", [("fused_activation_function", 0)]))
    return Model(graphs: [
      main.graph(most: 2), test.graph(goesOn), body.graph(most: 1, besides: next),
    ])
  }
}

extension RandomNets {
  /// A network in the making.
  private struct Growth {
    var net: NetBuilder
    var values: [ValueID] = []
    /// Whether every tensor has the first one's shape.
    var keepsShape = false
    private var isRead: Set<ValueID> = []
    private let kind: Kind

    init(seed: UInt64, _ kind: Kind) {
      net = NetBuilder(seed: seed &* 0x9E37_79B9 &+ 1)
      self.kind = kind
    }

    mutating func addInputs() {
      let size = Int32(4 + 4 * net.random.next(below: 3))
      for _ in 0..<(net.random.next(below: 4) == 0 ? 2 : 1) {
        values.append(net.input([1, size, size, Int32(4 + net.random.next(below: 12))]))
      }
    }

    /// One more operator over tensors that the kind prefers.
    mutating func step() {
      let reach = [Kind.chain: 1, .residual: 3, .joins: 4, .dense: values.count][kind] ?? 6
      let isJoined =
        net.random.next(below: 10) < ([Kind.chain: 0, .dense: 7, .joins: 5, .branches: 2][kind] ?? 4)
      let first = draw(reach)
      guard isJoined else { return push(unary(first), [first]) }
      let second = draw(reach)
      push(joined(first, second), [first, second])
    }

    private mutating func draw(_ reach: Int) -> ValueID {
      values[values.count - 1 - net.random.next(below: min(reach, values.count))]
    }

    private mutating func push(_ value: ValueID, _ operands: [ValueID]) {
      isRead.formUnion(operands)
      values.append(value)
    }

    /// The network as a graph with so many outputs at the most.
    ///
    /// - Parameter others: outputs that come first.
    mutating func graph(most: Int, besides others: [ValueID] = []) -> Graph {
      let outputs = others + ends(most: most)
      return net.graph(outputs)
    }

    /// Tensors that nothing reads, summed up to so many.
    private mutating func ends(most: Int) -> [ValueID] {
      var ends = values.filter { !isRead.contains($0) }
      while ends.count > most {
        let (last, other) = (ends.removeLast(), ends.removeLast())
        ends.append(joined(other, last))
      }
      return ends
    }

    private mutating func unary(_ x: ValueID) -> ValueID {
      let shape = net.dimensions(x)
      let plain: [BuiltinOperator] = [.neg, .abs, .relu, .tanh]
      switch net.random.next(below: keepsShape ? 6 : 10) {
      case 0...3: return net.node(plain[net.random.next(below: 4)], [x], shape)
      case 4: return net.depthwise(x)
      case 5: return convolution(x, to: shape[3], taps: 1)
      case 6: return convolution(x, to: Int32(4 + net.random.next(below: 24)), taps: 3)
      case 7 where shape[1] > 1:
        return net.pool(x, net.random.next(below: 2) == 0 ? .maxPool2D : .averagePool2D)
      case 8 where shape[1] < 16:
        let paddings = net.integers([0, 0, 1, 1, 1, 1, 0, 0], [4, 2])
        return net.node(
          .pad, [x, paddings], [1, shape[1] + 2, shape[2] + 2, shape[3]], (.pad, "PadOptions", []))
      default: return net.softmax(x)
      }
    }

    private mutating func convolution(_ x: ValueID, to channels: Int32, taps: Int32) -> ValueID {
      net.convolution(
        x, to: channels, taps: taps, stride: keepsShape ? 1 : Int32(1 + net.random.next(below: 2)))
    }

    private mutating func joined(_ x: ValueID, _ y: ValueID) -> ValueID {
      let (first, second) = (net.dimensions(x), net.dimensions(y))
      if first == second, keepsShape || net.random.next(below: 2) == 0 {
        let sums: [BuiltinOperator] = [.add, .mul, .sub]
        return net.arithmetic(sums[net.random.next(below: 3)], x, y)
      }
      if first[1] == second[1], first[2] == second[2], !keepsShape { return net.concatenation(x, y) }
      let one = flat(x)
      let two = flat(y)
      return net.arithmetic(.add, one, two)
    }

    /// Four numbers for each image, so that tensors of any shape can be summed.
    private mutating func flat(_ x: ValueID) -> ValueID {
      let dense = net.dense(x, to: 4)
      let shape = net.integers([1, 1, 1, 4])
      return net.node(.reshape, [dense, shape], [1, 1, 1, 4], (.reshape, "ReshapeOptions", []))
    }
  }
}

extension Model {
  /// This model with all float tensors int8, weights of fixed bytes, and biases int32.
  package var asInteger: Model {
    Model(
      graphs: graphs.map { graph in
        Graph(
          name: graph.name, nodes: graph.nodes, values: graph.values.enumerated().map(Self.integer),
          inputs: graph.inputs, outputs: graph.outputs)
      })
  }

  private static func integer(_ index: Int, _ value: Value) -> Value {
    guard value.elementType == .float32 else { return value }
    var value = value
    value.quantization = Quantization(scales: [0.05], zeroPoints: [0])
    let isBias = value.isConstant && value.dimensions?.count == 1
    value.elementType = isBias ? .int32 : .int8
    if value.isConstant {
      value.data = TensorData(
        (0..<value.byteCount).map { isBias ? 0 : UInt8(truncatingIfNeeded: $0 &* 37 &+ index) })
    }
    return value
  }
}
