import GraphIR
import Tensors

/// Values, buffers and operator codes that a rewritten model no longer needs.
enum UnusedParts {
  /// Removes from the main graph what no node, port or signature uses, and from the model what no graph uses.
  static func remove(from model: inout Model) {
    compact(&model)
    var kept = Set<ObjectIdentifier>()
    for value in model.graphs.flatMap(\.values) { kept.insert(ObjectIdentifier(value.data)) }
    for entry in model.metadata ?? [] { kept.insert(ObjectIdentifier(entry.data)) }
    for data in model.metadataBuffers ?? [] { kept.insert(ObjectIdentifier(data)) }
    let buffers = model.buffers
    model.buffers = buffers.enumerated().filter {
      $0.offset == 0 || kept.contains(ObjectIdentifier($0.element))
    }
    .map(\.element)
    var codes: [OperatorCode] = []
    for index in model.graphs.indices {
      for node in model.graphs[index].nodes.indices {
        model.graphs[index].nodes[node].codeIndex = nil
        let code = model.graphs[index].nodes[node].code
        if !codes.contains(code) { codes.append(code) }
      }
    }
    model.operatorCodes = codes
  }

  private static func compact(_ model: inout Model) {
    var graph = model.graphs[0]
    var isUsed = [Bool](repeating: false, count: graph.values.count)
    for node in graph.nodes {
      for value in node.inputs.compactMap(\.self) + node.outputs { isUsed[value.index] = true }
      for value in (node.intermediates ?? []).compactMap(\.self) { isUsed[value.index] = true }
    }
    for value in (graph.inputs + graph.outputs).compactMap(\.self) { isUsed[value.index] = true }
    for signature in model.signatures ?? [] where signature.graph.index == 0 {
      for binding in (signature.inputs ?? []) + (signature.outputs ?? []) {
        isUsed[binding.value.index] = true
      }
    }
    var places = [ValueID](repeating: ValueID(0), count: graph.values.count)
    var values: [Value] = []
    for (index, value) in graph.values.enumerated() where isUsed[index] {
      places[index] = ValueID(values.count)
      values.append(value)
    }
    graph.values = values
    for index in graph.nodes.indices {
      graph.nodes[index].inputs = graph.nodes[index].inputs.map { $0.map { places[$0.index] } }
      graph.nodes[index].outputs = graph.nodes[index].outputs.map { places[$0.index] }
      graph.nodes[index].intermediates = graph.nodes[index].intermediates?.map { $0.map { places[$0.index] } }
    }
    graph.inputs = graph.inputs.map { $0.map { places[$0.index] } }
    graph.outputs = graph.outputs.map { $0.map { places[$0.index] } }
    model.graphs[0] = graph
    for index in (model.signatures ?? []).indices where model.signatures?[index].graph.index == 0 {
      let signature = model.signatures?[index]
      model.signatures?[index].inputs = signature?.inputs?.map {
        .init(name: $0.name, value: places[$0.value.index])
      }
      model.signatures?[index].outputs = signature?.outputs?.map {
        .init(name: $0.name, value: places[$0.value.index])
      }
    }
  }
}
