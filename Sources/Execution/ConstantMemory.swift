import GraphIR
import Operators
import Tensors

/// Copies of the constants that a model's kernels read, made once and shared by all sessions of an interpreter.
///
/// Kernels get their operands as memory that can be written. The bytes of a `TensorData`, which other models
/// and the written file share, are never such memory. Nothing writes the copies either: an interpreter refuses
/// nodes whose results are constants, and sessions copy nothing into a constant.
@safe
final class ConstantMemory: @unchecked Sendable {
  private let base: UnsafeMutableRawPointer
  /// Where the bytes of a constant stand, by the identity of its data, which the interpreter's model keeps alive.
  private let offsets: [ObjectIdentifier: Int]

  init(_ model: Model) {
    var (end, offsets, chosen): (Int, [ObjectIdentifier: Int], [TensorData]) = (0, [:], [])
    for graph in model.graphs {
      let ports = graph.inputs + graph.outputs
      for id in (ports + graph.nodes.flatMap(\.inputs)).compactMap(\.self) where graph[id].isStored {
        let data = graph[id].data
        guard offsets[ObjectIdentifier(data)] == nil else { continue }
        offsets[ObjectIdentifier(data)] = end
        chosen.append(data)
        end += data.byteCount.roundedUp(to: Interpreter.alignment)
      }
    }
    self.offsets = offsets
    unsafe base = .allocate(byteCount: max(end, 1), alignment: Interpreter.alignment)
    for data in chosen {
      guard let offset = offsets[ObjectIdentifier(data)] else { continue }
      unsafe data.bytes.withUnsafeBytes { source in
        if let start = source.baseAddress {
          unsafe (base + offset).copyMemory(from: start, byteCount: source.count)
        }
      }
    }
  }

  deinit { unsafe base.deallocate() }

  /// The memory of a constant that a node reads, or that is an input or output of its graph.
  func memory(of value: Value) -> TensorMemory {
    guard let offset = offsets[ObjectIdentifier(value.data)] else {
      return unsafe TensorMemory(base: base, byteCount: 0, elementType: value.elementType)
    }
    return unsafe TensorMemory(
      base: base + offset, byteCount: value.data.byteCount, elementType: value.elementType)
  }
}

extension Value {
  /// Whether the value is what the file stores in every run: a constant, and no variable.
  var isStored: Bool { isConstant && !isVariable }
}
