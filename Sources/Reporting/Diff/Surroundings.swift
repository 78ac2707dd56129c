import GraphIR

/// What differs around the graphs of two models.
enum Surroundings {
  static func changes(_ old: Model, _ new: Model) -> [ModelDiff.Change] {
    var list = ChangeList()
    list.note("description", old.description ?? "", new.description ?? "")
    list.note("schema version", "\(old.version)", "\(new.version)")
    list.note("subgraphs", "\(old.graphs.count)", "\(new.graphs.count)")
    let signatures = (old.signatures ?? [], new.signatures ?? [])
    list.note("signatures", text(signatures.0, old), text(signatures.1, new))
    noteMetadata(old.metadata ?? [], new.metadata ?? [], in: &list)
    list.noteUnless(
      (old.metadataBuffers ?? []).map(\.bytes) == (new.metadataBuffers ?? []).map(\.bytes), "metadata buffers"
    )
    list.noteUnless(Equality.same(old.externalBuffers ?? [], new.externalBuffers ?? []), "external buffers")
    list.noteUnless(
      Equality.same(old.externalBufferGroups ?? [], new.externalBufferGroups ?? []), "external buffer groups")
    list.note("bytes behind the model", "\(old.appendix.count)", "\(new.appendix.count)") {
      old.appendix == new.appendix
    }
    return list.changes
  }

  private static func text(_ signatures: [Model.Signature], _ model: Model) -> String {
    if signatures.isEmpty { return "none" }
    return signatures.map { signature in
      let inputs = text(signature.inputs, signature.graph, model)
      let outputs = text(signature.outputs, signature.graph, model)
      return "\(signature.key ?? "")(\(inputs)) → \(outputs)"
    }
    .joined(separator: "; ")
  }

  private static func text(
    _ bindings: [Model.Signature.Binding]?, _ graph: GraphID, _ model: Model
  ) -> String {
    (bindings ?? []).map { binding in
      let values = model.graphs.indices.contains(graph.index) ? model.graphs[graph.index].values : []
      let tensor = values.indices.contains(binding.value.index) ? values[binding.value.index].name ?? "" : ""
      return "\(binding.name ?? ""): \(tensor)"
    }
    .joined(separator: ", ")
  }

  /// Entries by name and, of one name, by position among them.
  private static func noteMetadata(
    _ olds: [Model.MetadataEntry], _ news: [Model.MetadataEntry], in list: inout ChangeList
  ) {
    var waiting: [String: [Model.MetadataEntry]] = [:]
    for entry in news { waiting[entry.name ?? "", default: []].append(entry) }
    var used: [String: Int] = [:]
    for entry in olds {
      let name = entry.name ?? ""
      let position = used[name, default: 0]
      used[name] = position + 1
      let others = waiting[name] ?? []
      let other = position < others.count ? others[position] : nil
      list.note("metadata '\(name)'", bytes(entry), other.map(bytes)) {
        other?.data.bytes == entry.data.bytes
      }
    }
    var seen: [String: Int] = [:]
    for entry in news {
      let name = entry.name ?? ""
      seen[name, default: 0] += 1
      if seen[name, default: 0] > used[name, default: 0] {
        list.note("metadata '\(name)'", nil, bytes(entry))
      }
    }
  }

  private static func bytes(_ entry: Model.MetadataEntry) -> String { "\(entry.data.byteCount) bytes" }
}
