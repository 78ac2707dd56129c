package import Tensors

/// A change of a model as a value: edits of its graphs, and other surroundings.
package struct ModelEdit: Sendable {
  /// An edit of every graph of the model, by its number.
  package var graphs: [GraphEdit]
  package var description: String?
  package var metadata: [Model.MetadataEntry]?
  package var signatures: [Model.Signature]?
  package var metadataBuffers: [TensorData]?
  package var buffers: [TensorData]
  package var appendix: [UInt8]
  /// Graphs to append.
  package private(set) var addedGraphs: [Graph] = []

  /// An edit of a model, and of no other one.
  package init(of model: Model) {
    graphs = model.graphs.map { GraphEdit(of: $0) }
    description = model.description
    metadata = model.metadata
    signatures = model.signatures
    metadataBuffers = model.metadataBuffers
    buffers = model.buffers
    appendix = model.appendix
  }

  /// Adds a graph.
  ///
  /// - Returns: the ID that it will have.
  package mutating func add(_ graph: Graph) -> GraphID {
    addedGraphs.append(graph)
    return GraphID(graphs.count + addedGraphs.count - 1)
  }

  /// Puts a named blob into the metadata, in the place of those of the same name.
  package mutating func setMetadata(_ name: String, _ bytes: [UInt8]) {
    let replaced = (metadata ?? []).filter { $0.name == name }.map(\.data)
    buffers.removeAll { buffer in replaced.contains { $0 === buffer } }
    metadata = (metadata ?? []).filter { $0.name != name } + [.init(name: name, data: TensorData(bytes))]
  }
}

extension Model {
  /// Metadata that name operators or tensors by number: a plan of offsets, and the order in which operators
  /// must run.
  package static let metadataByNumber: Set<String> = [
    "OfflineMemoryAllocation", "model_control_dependencies", "nnopt.stripes",
  ]

  /// Makes an edit. Metadata that name tensors and operators by number go where numbers, order or sizes change,
  /// unless the edit brings new ones.
  ///
  /// - Precondition: the edit was made for this model as it is.
  package mutating func apply(_ edit: ModelEdit) {
    precondition(edit.graphs.count == graphs.count, "an edit is applied to the model it was made for")
    let old = metadata ?? []
    metadata = edit.metadata
    if !edit.addedGraphs.isEmpty || edit.graphs.contains(where: \.movesMemory) {
      dropMetadataByNumber { entry in old.contains { $0.name == entry.name && $0.data === entry.data } }
    }
    for (index, edit) in edit.graphs.enumerated() { graphs[index].apply(edit) }
    graphs += edit.addedGraphs
    (description, signatures) = (edit.description, edit.signatures)
    (metadataBuffers, buffers, appendix) = (edit.metadataBuffers, edit.buffers, edit.appendix)
  }

  /// Makes an edit of one graph. Metadata that name tensors and operators by number go where numbers, order or
  /// sizes change.
  ///
  /// - Precondition: the edit was made for this graph as it is.
  package mutating func apply(_ edit: GraphEdit, to id: GraphID) {
    if edit.movesMemory { dropMetadataByNumber() }
    graphs[id.index].apply(edit)
  }

  /// Puts a graph that edits have made of one of the model's in its place. Metadata that name tensors and
  /// operators by number go.
  package mutating func replace(_ id: GraphID, with graph: Graph) {
    dropMetadataByNumber()
    graphs[id.index] = graph
  }

  mutating func dropMetadataByNumber(where isOld: (MetadataEntry) -> Bool = { _ in true }) {
    metadata?.removeAll { entry in entry.name.map(Self.metadataByNumber.contains) ?? false && isOld(entry) }
  }
}
