internal import GraphIR
internal import Tensors

extension ModelReader {
  func metadata(
    _ root: TypedTable<ModelField>, buffers: [TensorData]
  ) throws(ModelFileError) -> [Model.MetadataEntry]? {
    guard let tables = try root.tables(.metadata) else { return nil }
    var entries: [Model.MetadataEntry] = []
    for (index, table) in tables.enumerated() {
      state.place = .metadata(index)
      let entry = try TypedTable<MetadataField>(table, in: buffer)
      let data = try self.buffer(at: Int(entry.integer(.buffer, default: UInt32(0))), of: buffers)
      entries.append(Model.MetadataEntry(name: try entry.string(.name), data: data))
    }
    return entries
  }

  func metadataBuffers(
    _ root: TypedTable<ModelField>, buffers: [TensorData]
  ) throws(ModelFileError) -> [TensorData]? {
    state.place = .model
    guard let indices = try root.integers(.metadataBuffer, as: Int32.self) else { return nil }
    var data: [TensorData] = []
    for index in indices { data.append(try buffer(at: Int(index), of: buffers)) }
    return data
  }

  func signatures(
    _ root: TypedTable<ModelField>, graphs: [Graph]
  ) throws(ModelFileError) -> [Model.Signature]? {
    guard let tables = try root.tables(.signatureDefs) else { return nil }
    var signatures: [Model.Signature] = []
    for (index, table) in tables.enumerated() {
      state.place = .signature(index)
      let signature = try TypedTable<SignatureField>(table, in: buffer)
      let graph = Int(try signature.integer(.subgraphIndex, default: UInt32(0)))
      guard graphs.indices.contains(graph) else {
        throw state.invalid("subgraph \(graph) does not exist (the model has \(graphs.count))")
      }
      signatures.append(
        Model.Signature(
          key: try signature.string(.signatureKey), graph: GraphID(graph),
          inputs: try bindings(.inputs, of: signature, graph: graphs[graph]),
          outputs: try bindings(.outputs, of: signature, graph: graphs[graph]),
          deprecatedTag: try signature.string(.deprecatedTag)))
    }
    return signatures
  }

  private func bindings(
    _ field: SignatureField, of signature: TypedTable<SignatureField>, graph: Graph
  ) throws(ModelFileError) -> [Model.Signature.Binding]? {
    guard let tables = try signature.tables(field) else { return nil }
    var bindings: [Model.Signature.Binding] = []
    for table in tables {
      let map = try TypedTable<TensorMapField>(table, in: buffer)
      let tensor = Int(try map.integer(.tensorIndex, default: UInt32(0)))
      guard graph.values.indices.contains(tensor) else {
        throw state.invalid("tensor \(tensor) does not exist (the subgraph has \(graph.values.count))")
      }
      bindings.append(Model.Signature.Binding(name: try map.string(.name), value: ValueID(tensor)))
    }
    return bindings
  }

  private func buffer(at index: Int, of buffers: [TensorData]) throws(ModelFileError) -> TensorData {
    guard buffers.indices.contains(index) else {
      throw state.invalid("buffer \(index) does not exist (the model has \(buffers.count))")
    }
    return buffers[index]
  }
}
