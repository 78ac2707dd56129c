import GraphIR
import Tensors

extension RewriteContext {
  /// The node that writes a value, where it is one of some operators.
  func node(_ builtins: BuiltinOperator..., writing value: ValueID) -> NodeID? {
    guard let id = producer(of: value), builtins.contains(graph[id].code.builtin) else { return nil }
    return id
  }

  /// The only operand and the only result of a node that has one of each; the first operand of those that
  /// have a constant besides.
  func ends(of id: NodeID) -> (input: ValueID, output: ValueID)? {
    guard let input = input(0, of: graph[id]), let output = graph[id].outputs.first,
      graph[id].outputs.count == 1
    else { return nil }
    return (input, output)
  }

  /// The two operands of a node, in both orders where the operator does not care.
  func operandPairs(of id: NodeID, isCommutative: Bool) -> [(ValueID, ValueID)] {
    guard graph[id].inputs.count == 2, let left = graph[id].inputs[0], let right = graph[id].inputs[1] else {
      return []
    }
    return isCommutative ? [(left, right), (right, left)] : [(left, right)]
  }

  /// The elements of a float32 constant.
  func floats(_ value: ValueID) -> [Float]? {
    guard isConstant(value), graph[value].elementType == .float32, graph[value].attachments.sparsity == nil,
      let count = graph[value].shape?.elementCount
    else { return nil }
    let elements = graph[value].data.elements(Float.self)
    return elements.count >= count ? Array(elements.prefix(count)) : nil
  }

  /// The number that every element of a float32 constant is.
  func uniform(_ value: ValueID) -> Float? {
    guard let elements = floats(value), let first = elements.first else { return nil }
    return elements.allSatisfy { $0 == first } ? first : nil
  }

  /// The elements of an int32 or int64 constant; those outside 32 bits come as the nearest that fits.
  func integers(_ value: ValueID?) -> [Int]? {
    guard let value, isConstant(value) else { return nil }
    switch graph[value].elementType {
    case .int32: return graph[value].data.elements(Int32.self).map(Int.init)
    case .int64: return graph[value].data.elements(Int64.self).map { Int(Int32(clamping: $0)) }
    default: return nil
    }
  }

  func dimensions(_ value: ValueID) -> [Int]? { graph[value].shape?.dimensions }

  func isFloat(_ values: ValueID...) -> Bool { values.allSatisfy { graph[$0].elementType == .float32 } }

  /// The raw activation that a node applies to its result.
  func activation(of id: NodeID) -> Int { graph[id].attributes.integer("fused_activation_function") }
}

extension Value {
  /// A constant of int32.
  static func integers(_ name: String?, _ integers: [Int], dimensions: [Int]? = nil) -> Value {
    Value(
      name: name, dimensions: (dimensions ?? [integers.count]).map { Int32(clamping: $0) },
      elementType: .int32, data: TensorData(integers.map { Int32(clamping: $0) }.littleEndianBytes))
  }

  /// The value with other float32 elements.
  func with(_ floats: [Float]) -> Value {
    var copy = self
    copy.data = TensorData(floats.flatMap(\.littleEndianBytes))
    copy.quantization?.min = nil
    copy.quantization?.max = nil
    return copy
  }
}

extension Float {
  var littleEndianBytes: [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: bitPattern >> (8 * UInt32($0))) }
  }
}
