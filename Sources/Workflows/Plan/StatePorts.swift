package import Firmware
package import GraphIR
package import Planning

/// Outputs that the program copies into inputs before the next inference, as streaming models want it.
///
/// In the arena an input may share bytes with the output of another pair: copying one state then destroys the other.
package struct StatePorts: Sendable {
  /// Positions among the main graph's inputs and outputs.
  package let pairs: [(input: Int, output: Int)]

  /// The pairs that the ports' names tell: `state` and `state_out`, `h_in` and `h_out`, `x` and `next_x`, of one type and
  /// shape.
  package init(_ graph: Graph) {
    var pairs: [(input: Int, output: Int)] = []
    for (input, id) in graph.inputs.enumerated() {
      guard let id, let stem = Self.stem(graph[id].name, Self.oldMarks) else { continue }
      let matches = graph.outputs.indices.filter { output in
        guard let other = graph.outputs[output], other != id else { return false }
        return Self.stem(graph[other].name, Self.newMarks) == stem && graph[other].name != graph[id].name
          && graph[other].elementType == graph[id].elementType && graph[other].shape == graph[id].shape
      }
      if matches.count == 1 { pairs.append((input, matches[0])) }
    }
    self.pairs = pairs
  }

  private static let oldMarks = ["in", "input", "prev", "old"]
  private static let newMarks = ["out", "output", "next", "new"]

  /// A name without what says that it comes in or goes out.
  private static func stem(_ name: String?, _ marks: [String]) -> String? {
    guard let name, !name.isEmpty else { return nil }
    var words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
    if words.count > 1, words.last == "0" { words.removeLast() }
    if words.starts(with: ["serving", "default"]) { words.removeFirst(2) }
    words.removeAll { marks.contains($0) }
    return words.isEmpty ? nil : words.joined(separator: "_")
  }

  /// A warning where copying one state in the order of the ports destroys another.
  package func warnings(for plan: Plan, of model: Model) -> [FirmwareWarning] {
    guard pairs.count > 1, let graph = model.graphs.first else { return [] }
    var warnings: [FirmwareWarning] = []
    for (index, pair) in pairs.enumerated() {
      for later in pairs[(index + 1)...] {
        guard let input = place(graph.inputs[pair.input], plan),
          let output = place(graph.outputs[later.output], plan),
          input.overlaps(output), let id = graph.inputs[pair.input], let other = graph.outputs[later.output]
        else { continue }
        warnings.append(
          FirmwareWarning(
            kind: .state, place: "input \(pair.input) ('\(graph[id].name ?? "")')",
            problem: "it shares bytes with output \(later.output) ('\(graph[other].name ?? "")'), "
              + "and copying states from outputs to inputs one by one destroys that one",
            remedy: "Copy all state outputs out of the arena first, then into the inputs."))
      }
    }
    return warnings
  }

  private func place(_ value: ValueID?, _ plan: Plan) -> Range<Int>? {
    guard let value else { return nil }
    let buffer = plan.buffers.first { $0.content == .tensor(GraphID(0), value) }
    return buffer.flatMap { $0.byteCount > 0 ? $0.offset..<$0.offset + $0.byteCount : nil }
  }
}
