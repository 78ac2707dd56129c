package import GraphIR
import Tensors

/// What TFLM's kernels and its allocator demand of a model beyond knowing its operators and their types.
///
/// Read off the sources of August 2026 (`Prepare` and `Eval` of the reference kernels, `micro_allocator.cc`,
/// `micro_interpreter_graph.cc`) and held against the tflite-micro Python package of October 2026 by
/// `Scripts/peers/verdict`.
package enum TFLMCompatibility {
  /// All that is wrong, subgraph by subgraph: its tensors, then its operators in their order.
  ///
  /// An operator gets one finding at most, the first that its kernel would meet. Operators that TFLM has no
  /// kernel for, and types that a kernel lacks, are not judged here.
  package static func findings(in model: Model, target: TFLMTarget) -> [TFLMFinding] {
    var findings: [TFLMFinding] = []
    for (index, graph) in model.graphs.enumerated() {
      let id = GraphID(index)
      findings += TensorRefusals.findings(in: graph, id: id)
      for node in graph.nodes.indices {
        let site = RefusalSite(model: model, graph: graph, node: graph.nodes[node], target: target)
        guard let refusal = NodeRefusals.first(at: site) else { continue }
        findings.append(TFLMFinding(place: .node(id, NodeID(node)), refusal: refusal))
      }
    }
    return findings
  }
}
