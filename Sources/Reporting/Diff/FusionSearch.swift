import GraphIR
import Operators

/// Finds which kept operator does the work of a removed one.
///
/// It is the one in front, through other removed ones, where that now writes the removed one's output, or has other
/// options or constants; else the only one behind, where that has other options or constants. Operators that multiply
/// are not taken to be fused.
struct FusionSearch {
  private let before: Graph
  private let after: Graph
  private let pairs: [OperatorMatching.Pair]
  /// Position in `pairs` of each operator of the first graph.
  private var place: [Int?]
  private var producer: [Int?]
  private var consumers: [[Int]]
  private let hasChanged: [Bool]

  init(_ before: Graph, _ after: Graph, _ pairs: [OperatorMatching.Pair]) {
    self.before = before
    self.after = after
    self.pairs = pairs
    place = [Int?](repeating: nil, count: before.nodes.count)
    for (index, pair) in pairs.enumerated() { place[pair.before] = index }
    producer = [Int?](repeating: nil, count: before.values.count)
    consumers = [[Int]](repeating: [], count: before.values.count)
    for (index, node) in before.nodes.enumerated() {
      for output in node.outputs { producer[output.index] = index }
      for input in node.inputs.compactMap({ $0 }) { consumers[input.index].append(index) }
    }
    hasChanged = pairs.map { pair in
      let (old, new) = (before.nodes[pair.before], after.nodes[pair.after])
      return !Equality.same(old.options, new.options)
        || Self.constants(old, before) != Self.constants(new, after)
    }
  }

  /// For each removed operator the position in `pairs` of the one that it went into, or nil.
  func absorbers(of removed: [Int]) -> [Int?] {
    let fusible = removed.filter {
      Registry.multiplyAccumulates(of: before.nodes[$0], in: before) == 0
    }
    var found: [Int: Int] = [:]
    for node in fusible { found[node] = inFront(of: node, found) }
    for node in fusible.reversed() where found[node] == nil { found[node] = behind(node, found) }
    return removed.map { found[$0] }
  }

  private func inFront(of node: Int, _ found: [Int: Int]) -> Int? {
    let names = before.nodes[node].outputs.compactMap { before[$0].name }.filter { !$0.isEmpty }
    for input in before.nodes[node].inputs.compactMap({ $0 }) {
      guard let source = producer[input.index], source != node,
        let candidate = place[source] ?? found[source]
      else { continue }
      let written = after.nodes[pairs[candidate].after].outputs.compactMap { after[$0].name }
      if hasChanged[candidate] || names.contains(where: written.contains) { return candidate }
    }
    return nil
  }

  private func behind(_ node: Int, _ found: [Int: Int]) -> Int? {
    for output in before.nodes[node].outputs {
      guard consumers[output.index].count == 1, let reader = consumers[output.index].first, reader != node,
        let candidate = place[reader] ?? found[reader]
      else { continue }
      if hasChanged[candidate] { return candidate }
    }
    return nil
  }

  private static func constants(_ node: Node, _ graph: Graph) -> [ArraySlice<UInt8>] {
    node.inputs.compactMap { $0 }.filter { graph[$0].isConstant }.map { graph[$0].data.bytes }
  }
}
