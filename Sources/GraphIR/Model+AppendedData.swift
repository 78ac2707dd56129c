import Tensors

extension Model {
  /// The tensors whose data stand after the FlatBuffer, where TFLM does not look for them.
  package var appendedValues: [(graph: GraphID, value: ValueID)] {
    graphs.enumerated().flatMap { graph, content in
      content.values.indices.lazy.filter { content.values[$0].data.isAppended }
        .map { (GraphID(graph), ValueID($0)) }
    }
  }

  /// The model as TFLM reads it: tensors whose data stand after the FlatBuffer have none.
  package var withoutAppendedData: Model {
    var model = self
    for (graph, value) in appendedValues {
      model.graphs[graph.index].values[value.index].data = .none
    }
    return model
  }

  /// The model as it is written: all data inside of the FlatBuffer.
  package var withDataInside: Model {
    var moved: [ObjectIdentifier: TensorData] = [:]
    func inside(_ data: TensorData) -> TensorData {
      guard data.isAppended else { return data }
      if let known = moved[ObjectIdentifier(data)] { return known }
      let copy = TensorData(data.bytes)
      moved[ObjectIdentifier(data)] = copy
      return copy
    }
    var model = self
    model.buffers = buffers.map(inside)
    model.metadataBuffers = metadataBuffers?.map(inside)
    model.metadata = metadata?.map { MetadataEntry(name: $0.name, data: inside($0.data)) }
    for graph in graphs.indices {
      for value in graphs[graph].values.indices where graphs[graph].values[value].data.isAppended {
        model.graphs[graph].values[value].data = inside(graphs[graph].values[value].data)
      }
      for node in graphs[graph].nodes.indices
      where graphs[graph].nodes[node].customOptions?.isAppended == true {
        model.graphs[graph].nodes[node].customOptions?.isAppended = false
      }
    }
    return model
  }
}
