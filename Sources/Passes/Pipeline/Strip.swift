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

  package func run(on model: inout Model, log: inout PassLog) {
    stripNames(&model, &log)
    stripSurroundings(&model, &log)
    stripSignatures(&model, &log)
    shareEmptyBuffers(&model)
    _ = model.removeUnused()
  }

  private func stripNames(_ model: inout Model, _ log: inout PassLog) {
    var count = 0
    var bytes = 0
    for graph in model.graphs.indices {
      let ports = [model.graphs[graph].inputs, model.graphs[graph].outputs]
      let kept = Set(ports.filter { $0.count > 1 }.joined().compactMap(\.self))
      for index in model.graphs[graph].values.indices where !kept.contains(ValueID(index)) {
        guard let name = model.graphs[graph].values[index].name else { continue }
        model.graphs[graph].values[index].name = nil
        count += 1
        bytes += name.utf8.count
      }
      model.graphs[graph].name = nil
    }
    if count > 0 { log.edited(Self.name, "model", "left out \(count) names of \(bytes) B") }
  }

  private func stripSurroundings(_ model: inout Model, _ log: inout PassLog) {
    model.description = nil
    let metadata = model.metadata ?? []
    let kept = metadata.filter { $0.name == OfflinePlan.metadataName }
    if kept.count < metadata.count {
      log.edited(
        Self.name, "metadata", "left out \(metadata.count - kept.count) entries that TFLM does not read")
    }
    model.metadata = kept.isEmpty ? nil : kept
    model.metadataBuffers = nil
    for graph in model.graphs.indices {
      model.graphs[graph].debugMetadataIndex = -1
      for node in model.graphs[graph].nodes.indices {
        model.graphs[graph].nodes[node].debugMetadataIndex = -1
      }
    }
    if !model.appendix.isEmpty {
      log.edited(Self.name, "file", "left out \(model.appendix.count) B behind the model")
      model.appendix = []
    }
  }

  private func stripSignatures(_ model: inout Model, _ log: inout PassLog) {
    guard let signatures = model.signatures, !signatures.isEmpty else { return }
    guard signatures.allSatisfy({ $0.graph == GraphID(0) }) else {
      return log.refused(Self.name, "signatures", "one names a subgraph of its own")
    }
    log.edited(Self.name, "signatures", "left out \(signatures.count)")
    model.signatures = nil
  }

  /// Buffer 0 means "no data", for any number of tensors.
  private func shareEmptyBuffers(_ model: inout Model) {
    guard let empty = model.buffers.first, empty.isEmpty else { return }
    for graph in model.graphs.indices {
      for index in model.graphs[graph].values.indices where model.graphs[graph].values[index].data.isEmpty {
        model.graphs[graph].values[index].data = empty
      }
    }
  }
}
