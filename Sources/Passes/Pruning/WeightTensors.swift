import Datasets
import Execution
import GraphIR
import Tensors

/// The float32 weights of a model's CONV_2D, DEPTHWISE_CONV_2D, TRANSPOSE_CONV and FULLY_CONNECTED, each
/// buffer once, in the order of the nodes that read them.
struct WeightTensors {
  struct Entry {
    let node: NodeID
    let name: String
    let value: ValueID
    let data: TensorData
    var numbers: [Float]
    let isDepthwise: Bool
    /// Numbers along the last axis.
    let rowLength: Int
  }

  var entries: [Entry] = []

  init(_ graph: Graph) {
    var seen: Set<ObjectIdentifier> = []
    for (index, node) in graph.nodes.enumerated() {
      guard let layer = node.passFacts?.layer, let id = node.operand(layer.filter) else { continue }
      let value = graph[id]
      guard value.isConstant, value.elementType == .float32, value.attachments.sparsity == nil,
        let length = value.shape?.dimensions.last, length > 0,
        seen.insert(ObjectIdentifier(value.data)).inserted
      else { continue }
      entries.append(
        Entry(
          node: NodeID(index), name: node.code.name, value: id, data: value.data,
          numbers: value.data.elements(Float.self), isDepthwise: layer.kind == .depthwise,
          rowLength: length))
    }
  }

  var zeroCount: Int { entries.reduce(0) { $0 + $1.numbers.count { $0 == 0 } } }
  var count: Int { entries.reduce(0) { $0 + $1.numbers.count } }

  /// Stores the numbers that have changed in the model, under every value that shares a buffer.
  func store(in model: inout Model) {
    var replacements: [ObjectIdentifier: TensorData] = [:]
    for entry in entries {
      let data = TensorData(floats: entry.numbers)
      if data.bytes != entry.data.bytes { replacements[ObjectIdentifier(entry.data)] = data }
    }
    var edit = ModelEdit(of: model)
    for graph in model.graphs.indices {
      for (index, value) in model.graphs[graph].values.enumerated() {
        guard let new = replacements[ObjectIdentifier(value.data)] else { continue }
        edit.graphs[graph][ValueID(index)].data = new
      }
    }
    edit.buffers = model.buffers.map { replacements[ObjectIdentifier($0)] ?? $0 }
    model.apply(edit)
  }

  /// What zeros are worth, as sentences for the log.
  func report(_ before: WeightTensors, _ pass: String, _ log: inout PassLog) {
    let (zeros, total) = (zeroCount, count)
    log.edited(
      pass, "subgraph 0",
      "\(zeros) of \(total) weights are zero now, \(before.zeroCount) were before; on TFLM zeros take as "
        + "much RAM and flash as other numbers")
    guard let old = before.deflatedByteCount, let new = deflatedByteCount else { return }
    log.edited(
      pass, "subgraph 0",
      "compressed with DEFLATE, as for an update over the air, the weights shrink from \(old) to \(new) bytes"
    )
  }

  private var deflatedByteCount: Int? {
    DeflatedSize.byteCount(of: entries.flatMap { Array(TensorData(floats: $0.numbers).bytes) })
  }
}
