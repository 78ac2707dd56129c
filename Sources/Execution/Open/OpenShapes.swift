import GraphIR
import Operators

/// Which models have tensors whose sizes change while they run.
enum OpenShapes {
  /// Whether a loop's body cuts pieces whose sizes it computes, so that no declared size can fit every turn.
  static func areCut(in model: Model) -> Bool {
    bodies(of: model).contains { graph in
      graph.nodes.contains { node in
        guard node.code.builtin == .slice, let size = node.inputs.last ?? nil, let output = node.outputs.first
        else { return false }
        return !graph[size].isConstant && graph[output].shapeSignature?.contains(-1) == true
      }
    }
  }

  /// Whether a failure to prepare a model may come from sizes that only the run tells.
  static func mayExplain(_ error: ExecutionError, in model: Model) -> Bool {
    guard !bodies(of: model).isEmpty, case .node(_, _, _, let reason) = error else { return false }
    switch reason {
    case .wrongOutput, .invalidShape: return true
    default: return false
    }
  }

  private static func bodies(of model: Model) -> [Graph] {
    let called = model.graphs.flatMap { graph in
      graph.nodes.filter { $0.code.builtin == .while }.flatMap { $0.calledGraphs.dropFirst() }
    }
    return Set(called.map(\.index)).sorted().filter { model.graphs.indices.contains($0) }.map {
      model.graphs[$0]
    }
  }
}

extension Interpreter {
  /// A model whose tensors change their sizes while it runs, with the sizes of its main graph's values after a first run
  /// on zeros.
  ///
  /// - Throws: `ExecutionError` where that run fails.
  init(open model: Model) throws(ExecutionError) {
    try NodeMemory.check(declaredIn: model)
    self.init(open: model, work: 0)
    let main = model.graphs[0]
    let zeros = main.inputs.compactMap(\.self).map { [UInt8](repeating: 0, count: main[$0].byteCount) }
    let (outputs, work) = try Session(self).runOpen(zeros)
    var edit = GraphEdit(of: main)
    for (port, tensor) in zip(main.outputs.compactMap(\.self), outputs)
    where main[port].dimensions ?? [] != tensor.dimensions && !main[port].isStored {
      edit[port].dimensions = tensor.dimensions
      edit[port].shapeSignature = nil
    }
    var settled = model
    settled.apply(edit, to: GraphID(0))
    self.init(open: settled, work: work)
  }
}
