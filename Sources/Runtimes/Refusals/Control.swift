import GraphIR
import Tensors

/// Operators that run subgraphs, and those that keep state in variables.
extension NodeRefusals {
  static let control: [BuiltinOperator: Rule] = [
    .`if`: branch, .`while`: loop, .callOnce: callOnce, .assignVariable: assign, .readVariable: read,
  ]

  private static func branch(_ site: RefusalSite) -> Refusal? {
    if let refusal = needsOptions(site) ?? site.lacks(.input(0)) ?? site.isNot(.bool, at: .input(0)) {
      return refusal
    }
    if site.input(0)?.elementCount != 1 {
      return site.refuse(.shape, "takes one truth value", Remedy.convert)
    }
    let graphs = calledGraphs(site)
    return graphs.compactMap {
      ports(site, $0, inputs: site.node.inputs.count - 1, outputs: site.node.outputs.count)
    }.first
  }

  private static func loop(_ site: RefusalSite) -> Refusal? {
    if let refusal = needsOptions(site) { return refusal }
    let graphs = calledGraphs(site)
    guard graphs.count == 2 else { return nil }
    let count = site.node.inputs.count
    if count != site.node.outputs.count {
      return site.refuse(.operands, "takes as many operands as it has results", Remedy.convert)
    }
    return ports(site, graphs[0], inputs: count, outputs: 1)
      ?? ports(site, graphs[1], inputs: count, outputs: count)
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

  private static func ports(_ site: RefusalSite, _ graph: Graph, inputs: Int, outputs: Int) -> Refusal? {
    guard graph.inputs.count == inputs, graph.outputs.count == outputs else {
      return site.refuse(
        .operands,
        "calls a subgraph with \(graph.inputs.count) inputs and \(graph.outputs.count) outputs, "
          + "not \(inputs) and \(outputs)", Remedy.convert)
    }
    return nil
  }

  private static func assign(_ site: RefusalSite) -> Refusal? {
    if let refusal = site.isNot(.resource, .int32, at: .input(0)) { return refusal }
    guard let handle = site.input(0), handle.elementCount != 1 else { return nil }
    return site.refuse(.shape, "takes one handle", Remedy.convert)
  }

  private static func read(_ site: RefusalSite) -> Refusal? { site.isNot(.resource, at: .input(0)) }
}
