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
    var edit = ModelEdit(of: model)
    let bytes = shareData(&edit)
    var count = 0
    for index in model.graphs.indices {
      count += mergeValues(&edit.graphs[index], model.portValues(GraphID(index)))
    }
    model.apply(edit)
    if bytes > 0 { log.edited(name, "model", "\(bytes) bytes of equal data stored once") }
    if count > 0 { log.edited(name, "model", "\(count.counted("tensor")) equal to others") }
  }

  /// - Returns: the bytes that the file saves.
  private static func shareData(_ edit: inout ModelEdit) -> Int {
    var firsts: [HashedBytes: TensorData] = [:]
    var replaced: Set<ObjectIdentifier> = []
    var saved = 0
    for graph in edit.graphs.indices {
      for (index, value) in edit.graphs[graph].graph.values.enumerated() {
        let data = value.data
        guard value.isConstant, !value.isVariable, data.location == .inside else { continue }
        let key = HashedBytes(data.bytes)
        guard let first = firsts[key] else {
          firsts[key] = data
          continue
        }
        guard first !== data else { continue }
        if replaced.insert(ObjectIdentifier(data)).inserted { saved += data.byteCount }
        edit.graphs[graph][ValueID(index)].data = first
      }
    }
    return saved
  }

  /// - Returns: how many values are read no more.
  private static func mergeValues(_ edit: inout GraphEdit, _ ports: Set<ValueID>) -> Int {
    var firsts: [ObjectIdentifier: [ValueID]] = [:]
    var count = 0
    for index in edit.graph.values.indices {
      let id = ValueID(index)
      let value = edit[id]
      guard value.isConstant, !value.isVariable, !ports.contains(id) else { continue }
      let key = ObjectIdentifier(value.data)
      if let first = firsts[key]?.prefix(comparisonLimit).first(where: { edit[$0].isSame(as: value) }) {
        edit.redirect(id, to: first)
        count += 1
      } else {
        firsts[key, default: []].append(id)
      }
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
