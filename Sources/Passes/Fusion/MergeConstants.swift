package import GraphIR
import Tensors

/// Equal constants stored once: tensors that agree in everything become one tensor of their graph, and tensors
/// with equal bytes share one buffer of the file.
///
/// Rules and passes that change a constant for one operator only must do so before, or on a copy.
package enum MergeConstants {
  package static let name = "merge-constants"

  /// Tensors of one buffer with which another is compared: a bound for models that no tool made.
  static let comparisonLimit = 64

  package static func run(on model: inout Model, log: inout PassLog) {
    let bytes = shareData(&model)
    var count = 0
    for index in model.graphs.indices {
      count += mergeValues(&model.graphs[index], model.portValues(GraphID(index)))
    }
    if bytes > 0 { log.edited(name, "model", "\(bytes) bytes of equal data stored once") }
    if count > 0 { log.edited(name, "model", "\(count) tensors were equal to others") }
  }

  /// - Returns: the bytes that the file saves.
  private static func shareData(_ model: inout Model) -> Int {
    var firsts: [ArraySlice<UInt8>: TensorData] = [:]
    var replaced: Set<ObjectIdentifier> = []
    var saved = 0
    for graph in model.graphs.indices {
      for index in model.graphs[graph].values.indices {
        let value = model.graphs[graph].values[index]
        let data = value.data
        guard value.isConstant, !value.isVariable, data.location == .inside else { continue }
        guard let first = firsts[data.bytes] else {
          firsts[data.bytes] = data
          continue
        }
        guard first !== data else { continue }
        if replaced.insert(ObjectIdentifier(data)).inserted { saved += data.byteCount }
        model.graphs[graph].values[index].data = first
      }
    }
    return saved
  }

  /// - Returns: how many values are read no more.
  private static func mergeValues(_ graph: inout Graph, _ ports: Set<ValueID>) -> Int {
    var firsts: [ObjectIdentifier: [ValueID]] = [:]
    var targets = graph.values.indices.map { ValueID($0) }
    var count = 0
    for (index, value) in graph.values.enumerated() {
      let id = ValueID(index)
      guard value.isConstant, !value.isVariable, !ports.contains(id) else { continue }
      let key = ObjectIdentifier(value.data)
      if let first = firsts[key]?.prefix(comparisonLimit).first(where: { graph[$0].isSame(as: value) }) {
        targets[index] = first
        count += 1
      } else {
        firsts[key, default: []].append(id)
      }
    }
    guard count > 0 else { return 0 }
    for node in graph.nodes.indices {
      graph.nodes[node].inputs = graph.nodes[node].inputs.map { $0.map { targets[$0.index] } }
    }
    return count
  }
}

extension Model {
  /// Values of a graph that are seen from outside: its inputs and outputs, and what signatures name.
  fileprivate func portValues(_ id: GraphID) -> Set<ValueID> {
    let graph = graphs[id.index]
    var ports = Set((graph.inputs + graph.outputs).compactMap(\.self))
    for signature in signatures ?? [] where signature.graph == id {
      for binding in (signature.inputs ?? []) + (signature.outputs ?? []) { ports.insert(binding.value) }
    }
    return ports
  }
}

extension Value {
  /// Whether two constants with the same data differ in nothing but the name.
  fileprivate func isSame(as other: Value) -> Bool {
    elementType == other.elementType && dimensions == other.dimensions
      && shapeSignature == other.shapeSignature && quantization == other.quantization
      && attachments == other.attachments
  }
}
