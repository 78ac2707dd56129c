import GraphIR
import Operators
import Tensors

/// What element-wise nodes make of every stored number of an 8-bit or 16-bit integer type.
struct StoredNumberTable {
  /// The numbers that the first node may read.
  let inputRange: ClosedRange<Int32>
  private let bytes: [UInt8]
  private let outputType: ElementType

  /// - Parameters:
  ///   - chain: nodes of which each reads the one before.
  ///   - nodes: replacements for nodes of the graph, by position in the chain.
  /// - Returns: nil where the type is another one, or nnopt cannot run the nodes.
  init?(_ context: RewriteContext, _ chain: [NodeID], from input: ValueID, to output: ValueID) {
    self.init(chain.map { context.graph[$0] }, in: context.graph, from: input, to: output)
  }

  init?(_ nodes: [Node], in graph: Graph, from input: ValueID, to output: ValueID) {
    guard let range = graph[input].elementType.storedNumbers,
      let bytes = NodeEvaluation.table(of: nodes, from: input, to: output, in: graph)
    else { return nil }
    inputRange = range
    self.bytes = bytes
    outputType = graph[output].elementType
  }

  /// The stored result for a stored number; its bits where the result is no integer.
  subscript(number: Int32) -> Int32 {
    let width = (outputType.bitWidth ?? 8) / 8
    let pattern = Int(
      inputRange.count == 256
        ? Int32(UInt8(truncatingIfNeeded: number)) : Int32(UInt16(truncatingIfNeeded: number)))
    let bits = (0..<width).reduce(UInt32(0)) { $0 | UInt32(bytes[pattern * width + $1]) << (8 * UInt32($1)) }
    switch outputType {
    case .int8: return Int32(Int8(truncatingIfNeeded: bits))
    case .int16: return Int32(Int16(truncatingIfNeeded: bits))
    default: return Int32(bitPattern: bits)
    }
  }

  /// How many numbers two tables map differently.
  func differences(from other: StoredNumberTable) -> Int {
    inputRange.count { self[$0] != other[$0] }
  }

  /// How many numbers do not stay what they are.
  var changedCount: Int { inputRange.count { self[$0] != $0 } }
}

extension ElementType {
  /// The numbers of 8-bit and 16-bit integer types.
  var storedNumbers: ClosedRange<Int32>? {
    switch self {
    case .int8: -128...127
    case .uint8: 0...255
    case .int16: -32768...32767
    case .uint16: 0...65535
    default: nil
    }
  }
}

extension Value {
  /// Per-tensor scale and zero point.
  var scaleAndZeroPoint: ScaleAndZeroPoint? {
    guard let stored = quantization.storedNumbers, stored.scales.count == 1 else { return nil }
    return ScaleAndZeroPoint(
      scale: stored.scales[0], zeroPoint: Int32(clamping: stored.zeroPoints.first ?? 0))
  }
}
