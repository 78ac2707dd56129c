import Datasets
import GraphIR
import Tensors

/// Which numbers a float model's own operators expect at an input.
enum InputExpectation: Equatable {
  /// It scales whole numbers itself.
  case unscaled
  /// Numbers were recorded, or are quantized, in this range.
  case range(ClosedRange<Float>)
  case unknown

  /// Numbers this far from zero are no scaled ones.
  static let unscaledBound: Float = 16

  /// - Parameter input: the position of the input.
  init(_ model: Model, input: Int) {
    self = .unknown
    guard let graph = model.graphs.first else { return }
    let ports = graph.inputs.compactMap(\.self)
    guard ports.indices.contains(input) else { return }
    if let low = graph[ports[input]].quantization?.min?.first,
      let high = graph[ports[input]].quantization?.max?.first, low < high,
      case .range(let range) = Self.of(low...high)
    {
      // Converters have written 0…255 into models of 0…1 too: a wide range says nothing.
      self = .range(range)
      return
    }
    self = Self.of(ports[input], in: graph)
  }

  private static func of(_ range: ClosedRange<Float>) -> InputExpectation {
    max(abs(range.lowerBound), abs(range.upperBound)) > unscaledBound ? .unscaled : .range(range)
  }

  /// Looks at the first operator that computes something of the value.
  private static func of(_ value: ValueID, in graph: Graph) -> InputExpectation {
    var value = value
    for node in graph.nodes where node.inputs.contains(value) {
      switch node.code.builtin {
      case .reshape, .cast, .expandDims, .squeeze, .transpose, .resizeBilinear, .resizeNearestNeighbor:
        guard let output = node.outputs.first else { return .unknown }
        value = output
      case .quantize:
        guard let output = node.outputs.first, let range = quantizedRange(graph[output]) else {
          return .unknown
        }
        return of(range)
      default: return of(node, reading: value, in: graph)
      }
    }
    return .unknown
  }

  /// Arithmetic with a constant that brings numbers such as 0…255 near zero.
  private static func of(_ node: Node, reading value: ValueID, in graph: Graph) -> InputExpectation {
    guard let other = node.inputs.compactMap(\.self).first(where: { $0 != value }), graph[other].isConstant,
      graph[other].elementType == .float32
    else { return .unknown }
    let sizes = graph[other].data.elements(Float.self).map(abs)
    guard let smallest = sizes.min(), let largest = sizes.max() else { return .unknown }
    let isUnscaled =
      switch node.code.builtin {
      case .mul: largest <= 1 / unscaledBound
      case .div, .sub, .add: smallest >= unscaledBound
      default: false
      }
    return isUnscaled ? .unscaled : .unknown
  }

  private static func quantizedRange(_ value: Value) -> ClosedRange<Float>? {
    guard let scale = value.quantization?.scales?.first, scale > 0, scale.isFinite else { return nil }
    let zero = Float(value.quantization?.zeroPoints?.first ?? 0)
    let stored: ClosedRange<Float>? =
      switch value.elementType {
      case .int8: -128...127
      case .uint8: 0...255
      case .int16: -32768...32767
      default: nil
      }
    return stored.map { (($0.lowerBound - zero) * scale)...(($0.upperBound - zero) * scale) }
  }
}
