import GraphIR
import Tensors

/// Operators that run subgraphs, and those that keep state in variables.
extension NodeRefusals {
  static let control: [BuiltinOperator: Rule] = [
    .`if`: branch, .`while`: loop, .callOnce: callOnce, .assignVariable: assign, .readVariable: read,
  ]

  private static func branch(_ site: RefusalSite) -> Refusal? {
    if let refusal = needsOptions(site) ?? lacksAny(site) ?? site.isNot(.bool, at: .input(0)) {
      return refusal
    }
    if site.input(0)?.elementCount != 1 {
      return site.refuse(.shape, "takes one truth value", Remedy.convert)
    }
    for graph in calledGraphs(site) {
      if let refusal = ports(site, graph, inputs: Array(site.inputs.dropFirst()), outputs: site.outputs) {
        return refusal
      }
    }
    return nil
  }

  private static func loop(_ site: RefusalSite) -> Refusal? {
    if let refusal = needsOptions(site) ?? lacksAny(site) { return refusal }
    let graphs = calledGraphs(site)
    guard graphs.count == 2 else { return nil }
    if site.node.inputs.count != site.node.outputs.count {
      return site.refuse(.operands, "takes as many operands as it has results", Remedy.convert)
    }
    for (one, other) in zip(site.inputs, site.outputs) where one.value.byteCount != other.value.byteCount {
      return site.refuse(.shape, "takes results of its operands' sizes", Remedy.convert)
    }
    return ports(site, graphs[0], inputs: site.inputs, outputs: nil)
      ?? ports(site, graphs[1], inputs: site.inputs, outputs: site.outputs)
  }

  private static func lacksAny(_ site: RefusalSite) -> Refusal? {
    for position in site.node.inputs.indices {
      if let refusal = site.lacks(.input(position)) { return refusal }
    }
    return nil
  }

  private static func callOnce(_ site: RefusalSite) -> Refusal? {
    guard site.node.inputs.isEmpty, site.node.outputs.isEmpty else {
      return site.refuse(.operands, "takes no operands and has no results", Remedy.convert)
    }
    return needsOptions(site)
  }

  private static func needsOptions(_ site: RefusalSite) -> Refusal? {
    guard site.node.options == nil else { return nil }
    return site.refuse(.options, "needs its table of options, which the file leaves out", Remedy.convert)
  }

  private static func calledGraphs(_ site: RefusalSite) -> [Graph] {
    site.node.calledGraphs.compactMap {
      site.model.graphs.indices.contains($0.index) ? site.model.graphs[$0.index] : nil
    }
  }

  /// A subgraph whose inputs and outputs are as many, and as large, as what is copied to and from them.
  private static func ports(
    _ site: RefusalSite, _ graph: Graph, inputs: [KernelTensor], outputs: [KernelTensor]?
  ) -> Refusal? {
    func tensors(_ ids: [ValueID?]) -> [Int] {
      ids.map { $0.flatMap { graph.values.indices.contains($0.index) ? graph[$0].byteCount : nil } ?? 0 }
    }
    let isFitting =
      tensors(graph.inputs) == inputs.map(\.value.byteCount)
      && (outputs.map { tensors(graph.outputs) == $0.map(\.value.byteCount) } ?? true)
    guard !isFitting else { return nil }
    return site.refuse(
      .operands, "calls a subgraph whose inputs and outputs have other numbers or sizes than its own",
      Remedy.convert)
  }

  private static func assign(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.isNot(.resource, .int32, at: .input(0)) { return refusal }
    guard let handle = site.input(0), handle.elementCount != 1 else { return nil }
    return site.refuse(.shape, "takes one handle", Remedy.convert)
  }

  private static func read(_ site: RefusalSite) -> Refusal? {
    site.unchecked(site.isNot(.resource, at: .input(0)))
  }
}
