import GraphIR
import Tensors

/// Gives every node constants of its own, so that one can change without another, and shares equal bytes
/// again when all is done.
enum ConstantSharing {
  /// Copies each float constant of a graph that a second node, a second operand or another value uses.
  static func unshare(_ graph: inout Graph) {
    var isUsed = [Bool](repeating: false, count: graph.values.count)
    var buffers: Set<ObjectIdentifier> = []
    for output in graph.outputs.compactMap(\.self) { isUsed[output.index] = true }
    for node in graph.nodes.indices {
      for position in graph.nodes[node].inputs.indices {
        guard let id = graph.nodes[node].inputs[position], graph[id].isConstant,
          graph[id].elementType == .float32, !graph[id].isVariable
        else { continue }
        if isUsed[id.index] {
          var copy = graph[id]
          copy.data = TensorData(Array(copy.data.bytes))
          graph.values.append(copy)
          graph.nodes[node].inputs[position] = ValueID(graph.values.count - 1)
        } else {
          isUsed[id.index] = true
          if !buffers.insert(ObjectIdentifier(graph[id].data)).inserted {
            graph[id].data = TensorData(Array(graph[id].data.bytes))
          }
        }
      }
    }
  }

  /// Lets equal constants share one buffer, drops nodes and values of the main graph that nothing uses, and
  /// leaves out buffers that only the old graph used, as well as a plan of offsets for the old sizes.
  static func finish(_ model: inout Model, replacing old: Graph) {
    merge(&model.graphs[0])
    let map = model.graphs[0].removeUnused()
    model.signatures = model.signatures?.map { signature in
      guard signature.graph.index == 0 else { return signature }
      var result = signature
      renumber(&result.inputs, map)
      renumber(&result.outputs, map)
      return result
    }
    let before = Set(old.values.map { ObjectIdentifier($0.data) })
    let others = model.graphs.flatMap(\.values).map(\.data) + (model.metadata ?? []).map(\.data)
    let kept = Set((others + (model.metadataBuffers ?? [])).map { ObjectIdentifier($0) })
    model.buffers.removeAll {
      !$0.isEmpty && before.contains(ObjectIdentifier($0)) && !kept.contains(ObjectIdentifier($0))
    }
    model.metadata?.removeAll { $0.name == "OfflineMemoryAllocation" }
  }

  private static func renumber(_ bindings: inout [Model.Signature.Binding]?, _ map: [ValueID?]) {
    bindings = bindings?.compactMap { binding in
      guard map.indices.contains(binding.value.index), let value = map[binding.value.index] else {
        return nil
      }
      return Model.Signature.Binding(name: binding.name, value: value)
    }
  }

  /// Uses the first of several constants that are equal in name, shape and bytes.
  private static func merge(_ graph: inout Graph) {
    var firsts: [Key: ValueID] = [:]
    var data: [ArraySlice<UInt8>: TensorData] = [:]
    for node in graph.nodes.indices {
      for position in graph.nodes[node].inputs.indices {
        guard let id = graph.nodes[node].inputs[position], graph[id].isConstant, !graph[id].isVariable else {
          continue
        }
        if let same = data[graph[id].data.bytes] { graph[id].data = same }
        data[graph[id].data.bytes] = graph[id].data
        let key = Key(
          name: graph[id].name, dimensions: graph[id].dimensions, type: graph[id].elementType,
          data: ObjectIdentifier(graph[id].data))
        if let first = firsts[key] { graph.nodes[node].inputs[position] = first } else { firsts[key] = id }
      }
    }
  }

  private struct Key: Hashable {
    let name: String?
    let dimensions: [Int32]?
    let type: ElementType
    let data: ObjectIdentifier
  }
}

extension Graph {
  /// Removes nodes whose results nothing needs, then values that nothing names, and renumbers the rest in
  /// their order.
  ///
  /// - Returns: the new number of every old value; nil for those removed.
  @discardableResult
  mutating func removeUnused() -> [ValueID?] {
    var isUsed = [Bool](repeating: false, count: values.count)
    for id in (inputs + outputs).compactMap(\.self) { isUsed[id.index] = true }
    var kept: [Node] = []
    for node in nodes.reversed() {
      guard node.outputs.isEmpty || node.outputs.contains(where: { isUsed[$0.index] }) else { continue }
      for id in (node.inputs + (node.intermediates ?? [])).compactMap(\.self) + node.outputs {
        isUsed[id.index] = true
      }
      kept.append(node)
    }
    nodes = kept.reversed()
    var next = 0
    let map: [ValueID?] = isUsed.map { used in
      guard used else { return nil }
      next += 1
      return ValueID(next - 1)
    }
    values = zip(values, isUsed).compactMap { $1 ? $0 : nil }
    inputs = inputs.map { $0.flatMap { map[$0.index] } }
    outputs = outputs.map { $0.flatMap { map[$0.index] } }
    for index in nodes.indices {
      nodes[index].inputs = nodes[index].inputs.map { $0.flatMap { map[$0.index] } }
      nodes[index].outputs = nodes[index].outputs.compactMap { map[$0.index] }
      nodes[index].intermediates = nodes[index].intermediates?.map { $0.flatMap { map[$0.index] } }
    }
    return map
  }
}
