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
    let offsets = EthosULayout(model) == nil ? nil : OfflineOffsets(of: model)
    for (index, graph) in model.graphs.enumerated() {
      let id = GraphID(index)
      findings += TensorRefusals.findings(in: graph, id: id)
      let isWritten = writtenValues(of: graph)
      for node in graph.nodes.indices {
        let site = RefusalSite(
          model: model, graph: graph, node: graph.nodes[node], target: target, graphIndex: index,
          offsets: offsets)
        guard let refusal = NodeRefusals.first(at: site) ?? unwritten(site, isWritten) else {
          continue
        }
        findings.append(TFLMFinding(place: .node(id, NodeID(node)), refusal: refusal))
      }
    }
    return findings
  }

  /// Operands that nothing writes, which hold what happens to stand in the arena; scratch memory of an NPU is none.
  private static func unwritten(_ site: RefusalSite, _ isWritten: [Bool]) -> Refusal? {
    guard !site.node.code.isEthosU,
      let value = site.node.inputs.compactMap(\.self).first(where: {
        isWritten.indices.contains($0.index) && !isWritten[$0.index] && site.graph[$0].byteCount > 0
          && !site.graph[$0].data.isAppended
      })
    else { return nil }
    return Refusal(
      severity: .wrongAnswers, kind: .operands,
      problem:
        "TFLM's \(site.node.code.name) reads \(site.graph.title(of: value)), which nothing writes: it holds "
        + "what happens to stand in the arena", remedy: Remedy.convert)
  }

  /// Whether a value holds something when an operator may read it; operands may name what is not there.
  private static func writtenValues(of graph: Graph) -> [Bool] {
    var isWritten = graph.values.map { $0.isConstant || $0.isVariable }
    for value in graph.inputs.compactMap(\.self) + graph.nodes.flatMap(\.outputs)
    where isWritten.indices.contains(value.index) {
      isWritten[value.index] = true
    }
    return isWritten
  }
}
