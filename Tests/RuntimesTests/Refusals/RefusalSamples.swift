import Tensors
import _TestSupport

@testable import GraphIR
@testable import Runtimes

/// A tensor of a sample.
struct SampleTensor {
  var dimensions: [Int32]?
  var type: ElementType
  var scales: [Float]
  var zeroPoints: [Int64]
  var axis = 0
  var integers: [Int32]?
  var isConstant = false
  var isVariable = false

  static func float(_ dimensions: Int32...) -> SampleTensor {
    SampleTensor(dimensions: dimensions, type: .float32, scales: [], zeroPoints: [])
  }

  static func of(_ type: ElementType, _ dimensions: Int32...) -> SampleTensor {
    SampleTensor(dimensions: dimensions, type: type, scales: [], zeroPoints: [])
  }

  static func int8(_ dimensions: Int32..., scale: Float = 0.5, zero: Int64 = 3) -> SampleTensor {
    SampleTensor(dimensions: dimensions, type: .int8, scales: [scale], zeroPoints: [zero])
  }

  static func int16(_ dimensions: Int32..., scale: Float = 0.5, zero: Int64 = 0) -> SampleTensor {
    SampleTensor(dimensions: dimensions, type: .int16, scales: [scale], zeroPoints: [zero])
  }

  /// A vector of int32 constants.
  static func vector(_ integers: Int32...) -> SampleTensor {
    SampleTensor(
      dimensions: [Int32(integers.count)], type: .int32, scales: [], zeroPoints: [], integers: integers,
      isConstant: true)
  }

  func constant() -> SampleTensor {
    var tensor = self
    tensor.isConstant = true
    return tensor
  }

  func unquantized() -> SampleTensor {
    var tensor = self
    tensor.scales = []
    tensor.zeroPoints = []
    return tensor
  }

  var value: Value {
    var value = Value(name: nil, dimensions: dimensions, elementType: type, isVariable: isVariable)
    if !scales.isEmpty {
      value.quantization = Quantization(scales: scales, zeroPoints: zeroPoints, axis: axis)
    }
    if let integers {
      value.data = TensorData(
        integers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } })
    } else if isConstant {
      value.data = TensorData([UInt8](repeating: 0, count: max(value.byteCount, 1)))
    }
    return value
  }
}

/// Models of one operator, and what is found in them.
enum RefusalSamples {
  /// - Parameter inputs: nil entries are absent operands.
  static func model(
    _ builtin: BuiltinOperator, _ inputs: [SampleTensor?], _ outputs: [SampleTensor],
    _ options: [String: Int] = [:], hasOptions: Bool = true
  ) -> Model {
    var graph = Graph(nodes: [], values: [], inputs: [], outputs: [])
    func add(_ tensor: SampleTensor) -> ValueID {
      graph.values.append(tensor.value)
      return ValueID(graph.values.count - 1)
    }
    let operands = inputs.map { $0.map(add) }
    let results = outputs.map(add)
    let fields = options.sorted { $0.key < $1.key }.map { name, value in
      Record.Field(name: name, value: name == "beta" ? .real(Double(value)) : .integer(Int64(value)))
    }
    graph.nodes = [
      Node(
        code: OperatorCode(builtin), inputs: operands, outputs: results,
        options: hasOptions ? Node.Options(code: 0, record: Record("", fields)) : nil)
    ]
    graph.inputs = operands.filter { $0.map { !graph[$0].isConstant } ?? false }
    graph.outputs = results
    return Model(graphs: [graph])
  }

  /// The first finding of a model of one operator.
  static func finding(
    _ builtin: BuiltinOperator, _ inputs: [SampleTensor?], _ outputs: [SampleTensor],
    _ options: [String: Int] = [:], hasOptions: Bool = true
  ) -> TFLMFinding? {
    let model = model(builtin, inputs, outputs, options, hasOptions: hasOptions)
    return TFLMCompatibility.findings(in: model, target: .host).first
  }
}
