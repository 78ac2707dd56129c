package import GraphIR
import Operators
import Runtimes
package import Tensors

/// What a model is, in numbers.
package struct ModelSummary: Sendable, Equatable {
  /// Operators of the main graph.
  package let operatorCount: Int
  /// Operators of all graphs.
  package let totalOperatorCount: Int
  package let graphCount: Int
  /// Operator names of all graphs with their counts, most frequent first, then by name.
  package let histogram: [OperatorCount]
  /// Elements of constants that more than shapes and axes depend on: weights, biases, tables.
  package let parameterCount: Int
  /// Bytes of all distinct constants.
  package let constantBytes: Int
  /// Multiply-accumulate operations of one inference: of called graphs as often as they run, once where that depends
  /// on the data.
  package let multiplyAccumulates: Int
  package let inputs: [Port]
  package let outputs: [Port]
  /// Bytes of state tensors (`is_variable`), which outlive an inference.
  package let variableBytes: Int

  package struct OperatorCount: Sendable, Equatable {
    package let name: String
    package let count: Int
  }

  /// An input or output of the main graph.
  package struct Port: Sendable, Equatable {
    package let name: String
    /// nil where the file's dimensions give no shape.
    package let shape: Shape?
    package let elementType: ElementType
    /// `(q − 3) · 0.0078`, or empty where the tensor is not quantized.
    package let quantization: String
  }

  package init(_ model: Model) {
    let main = model.graphs.first
    operatorCount = main?.nodes.count ?? 0
    totalOperatorCount = model.graphs.reduce(0) { $0 + $1.nodes.count }
    graphCount = model.graphs.count
    histogram = Self.histogram(model)
    let constants = Self.distinctConstants(model)
    constantBytes = constants.map(\.data.byteCount).saturatingSum
    parameterCount = constants.filter(Self.isParameter).map { $0.shape?.elementCount ?? 0 }.saturatingSum
    multiplyAccumulates =
      zip(model.graphs, LoopTrips(model).runs).map { graph, runs in
        graph.nodes.map { Registry.multiplyAccumulates(of: $0, in: graph) }.saturatingSum
          .saturatingMultiply(runs ?? 1)
      }.saturatingSum
    inputs = main.map { graph in graph.inputs.compactMap { $0.map { Port(graph[$0]) } } } ?? []
    outputs = main.map { graph in graph.outputs.compactMap { $0.map { Port(graph[$0]) } } } ?? []
    variableBytes = model.graphs.flatMap(\.values).filter(\.isVariable).map(\.byteCount).saturatingSum
  }

  private static func histogram(_ model: Model) -> [OperatorCount] {
    var counts: [String: Int] = [:]
    for node in model.graphs.flatMap(\.nodes) { counts[node.code.name, default: 0] += 1 }
    return counts.map { OperatorCount(name: $0.key, count: $0.value) }
      .sorted { (-$0.count, $0.name) < (-$1.count, $1.name) }
  }

  /// Constants of all graphs, one for each shared buffer.
  private static func distinctConstants(_ model: Model) -> [Value] {
    var seen: Set<ObjectIdentifier> = []
    return model.graphs.flatMap(\.values).filter {
      $0.isConstant && seen.insert(ObjectIdentifier($0.data)).inserted
    }
  }

  /// Shapes, axes and permutations are int32 or int64 without a scale; biases have one.
  private static func isParameter(_ value: Value) -> Bool {
    switch value.elementType {
    case .int32, .int64, .bool, .string: value.quantization?.isQuantized ?? false
    default: true
    }
  }
}

extension ModelSummary.Port {
  init(_ value: Value) {
    name = value.name ?? ""
    shape = value.shape
    elementType = value.elementType
    guard let quantization = value.quantization, let scale = quantization.scales?.first else {
      self.quantization = ""
      return
    }
    let zeroPoint = quantization.zeroPoints?.first ?? 0
    self.quantization =
      zeroPoint == 0 ? "q · \(scale)" : "(q \(zeroPoint < 0 ? "+" : "−") \(zeroPoint.magnitude)) · \(scale)"
  }
}
