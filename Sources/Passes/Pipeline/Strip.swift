package import GraphIR
import Runtimes
import Tensors

/// Leaves out what TFLM does not read: names of tensors and subgraphs, the description, metadata other than the
/// offline plan, signatures, what stands behind the model in its file, and buffers without data.
///
/// No answer changes. Names of inputs, or of outputs, stay where a graph has several, which they tell apart;
/// signatures stay where they name a subgraph that the first one does not call.
package struct Strip: Pass {
  package static let name = "strip"

  package init() {}

  package func edit(_ model: inout Model, log: inout PassLog) {
    var edit = ModelEdit(of: model)
    stripNames(&edit, &log)
    stripSurroundings(&edit, &log)
    stripSignatures(&edit, &log)
    if let empty = model.buffers.first, empty.isEmpty { shareEmptyBuffers(&edit, empty, &log) }
    model.apply(edit)
    let removed = model.removeUnused()
    if !removed.isEmpty { log.edited(Self.name, "model", "removed: \(removed)") }
  }

  private func stripNames(_ edit: inout ModelEdit, _ log: inout PassLog) {
    var count = 0
    var bytes = 0
    for index in edit.graphs.indices {
      let graph = edit.graphs[index].graph
      let kept = Set([graph.inputs, graph.outputs].filter { $0.count > 1 }.joined().compactMap(\.self))
      for id in graph.values.indices.map({ ValueID($0) }) where !kept.contains(id) {
        guard let name = graph[id].name else { continue }
        edit.graphs[index][id].name = nil
        count += 1
        bytes += name.utf8.count
      }
      guard let name = graph.name else { continue }
      edit.graphs[index].name = nil
      count += 1
      bytes += name.utf8.count
    }
    if count > 0 { log.edited(Self.name, "model", "left out \(count.counted("name")) of \(bytes) B") }
  }

  private func stripSurroundings(_ edit: inout ModelEdit, _ log: inout PassLog) {
    if let description = edit.description {
      log.edited(Self.name, "description", "left out \(description.utf8.count) B")
      edit.description = nil
    }
    let metadata = edit.metadata ?? []
    let kept = metadata.filter { $0.name == OfflinePlan.metadataName }
    let droppedCount = metadata.count - kept.count + (edit.metadataBuffers?.count ?? 0)
    if droppedCount > 0 {
      log.edited(
        Self.name, "metadata",
        "left out \(droppedCount == 1 ? "1 entry" : "\(droppedCount) entries"), which TFLM does not read")
    }
    edit.metadata = kept.isEmpty ? nil : kept
    edit.metadataBuffers = nil
    stripDebugMetadata(&edit, &log)
    if !edit.appendix.isEmpty {
      log.edited(Self.name, "file", "left out \(edit.appendix.count) B behind the model")
      edit.appendix = []
    }
  }

  private func stripDebugMetadata(_ edit: inout ModelEdit, _ log: inout PassLog) {
    var count = 0
    for index in edit.graphs.indices {
      let graph = edit.graphs[index].graph
      if graph.debugMetadataIndex != -1 {
        edit.graphs[index].debugMetadataIndex = -1
        count += 1
      }
      for node in graph.nodes.indices where graph.nodes[node].debugMetadataIndex != -1 {
        edit.graphs[index][NodeID(node)].debugMetadataIndex = -1
        count += 1
      }
    }
    if count > 0 { log.edited(Self.name, "metadata", "left out \(count.counted("reference")) for debugging") }
  }

  private func stripSignatures(_ edit: inout ModelEdit, _ log: inout PassLog) {
    guard let signatures = edit.signatures, !signatures.isEmpty else { return }
    guard signatures.allSatisfy({ $0.graph == GraphID(0) }) else {
      return log.refused(Self.name, "signatures", "one names a subgraph of its own")
    }
    log.edited(Self.name, "signatures", "left out \(signatures.count)")
    edit.signatures = nil
  }

  /// Buffer 0 means "no data", for any number of tensors.
  private func shareEmptyBuffers(_ edit: inout ModelEdit, _ empty: TensorData, _ log: inout PassLog) {
    var count = 0
    for index in edit.graphs.indices {
      for (number, value) in edit.graphs[index].graph.values.enumerated()
      where value.data.isEmpty && value.data !== empty {
        edit.graphs[index][ValueID(number)].data = empty
        count += 1
      }
    }
    if count > 0 { log.edited(Self.name, "model", "one buffer for \(count.counted("tensor")) without data") }
  }
}
