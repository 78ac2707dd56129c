import GraphIR

/// DECODE right before its first reader, whatever the search for an order says: what it gives lives as short as it can,
/// and an application may give memory for it that the next DECODE uses again.
enum DecodeOrder {
  /// An order with every DECODE of constants moved back to its first reader; no peak rises by that.
  static func sunk(_ order: [Int], in graph: Graph) -> [Int] {
    let isMoved = graph.nodes.map { node in
      node.code.isDecode && node.inputs.allSatisfy { $0.map { graph[$0].isConstant } ?? true }
    }
    guard isMoved.contains(true) else { return order }
    var producers: [ValueID: Int] = [:]
    for step in order where isMoved[step] {
      for value in graph.nodes[step].outputs { producers[value] = step }
    }
    var isPlaced = [Bool](repeating: false, count: graph.nodes.count)
    var result: [Int] = []
    for step in order where !isMoved[step] {
      for value in graph.nodes[step].inputs {
        guard let decode = value.flatMap({ producers[$0] }), !isPlaced[decode] else { continue }
        isPlaced[decode] = true
        result.append(decode)
      }
      result.append(step)
    }
    return result + order.filter { isMoved[$0] && !isPlaced[$0] }
  }
}
