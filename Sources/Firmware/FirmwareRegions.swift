package import GraphIR
package import Planning

/// Which memory each buffer is in, for programs that place tensors themselves.
package struct FirmwareRegions: Sendable {
  /// A plan of several pools, the fastest first.
  package let plan: Plan
  /// The names of the plan's buffers as the file has them; empty for memory of a kernel.
  package let names: [String]

  package init(_ plan: Plan, names: [String]) {
    self.plan = plan
    self.names = names
  }

  package init(_ plan: Plan, of model: Model) {
    let names = plan.buffers.map { buffer in
      buffer.tensor.flatMap { model.graphs[$0.graph.index][$0.value].name } ?? ""
    }
    self.init(plan, names: names)
  }
}
