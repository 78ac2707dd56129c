package import GraphIR
package import Planning

/// Outputs that the program copies into inputs before the next inference, as streaming models want it.
///
/// In the arena an input may share bytes with the output of another pair: copying one state then destroys the other.
package struct StatePorts: Sendable {
  /// Positions among the main graph's inputs and outputs.
  package let pairs: [StatePair]

  /// The pairs that the ports' names tell: `state` and `state_out`, `h_in` and `h_out`, `x` and `next_x`, of one type and
  /// shape.
  package init(_ graph: Graph) {
    var pairs: [StatePair] = []
    for (input, id) in graph.inputs.enumerated() {
      guard let id, let stem = Self.stem(graph[id].name, Self.oldMarks) else { continue }
      let matches = graph.outputs.indices.filter { output in
        guard let other = graph.outputs[output], other != id else { return false }
        return Self.stem(graph[other].name, Self.newMarks) == stem && graph[other].name != graph[id].name
          && graph[other].elementType == graph[id].elementType && graph[other].shape == graph[id].shape
      }
      if matches.count == 1 { pairs.append(StatePair(input: input, output: matches[0])) }
    }
    self.pairs = pairs
  }

  private init(pairs: [StatePair]) { self.pairs = pairs }

  /// The pairs that the names of a model's ports tell.
  package init(_ model: Model) {
    self.init(pairs: model.graphs.first.map { StatePorts($0).pairs } ?? [])
  }

  /// The pairs that somebody names, each as `input=output`: by the names of tensors or signatures, or by `#` and the
  /// position.
  ///
  /// - Throws: `Problem` for names of no port, ports named twice, and ports of different types or shapes.
  package init(_ model: Model, named texts: [String]) throws(Problem) {
    guard let graph = model.graphs.first else { throw Problem(description: "the model has no graph") }
    var pairs: [StatePair] = []
    for text in texts {
      let pair = try Self.pair(text, graph, PortNames(model))
      let (input, output) = (graph.inputs[pair.input], graph.outputs[pair.output])
      guard let input, let output, graph[input].elementType == graph[output].elementType,
        graph[input].shape == graph[output].shape
      else { throw Problem(description: "'\(text)': the ports differ in type or shape") }
      if pairs.contains(where: { $0.input == pair.input || $0.output == pair.output }) {
        throw Problem(description: "'\(text)' names a port that has a partner")
      }
      pairs.append(pair)
    }
    self.pairs = pairs
  }

  private static func pair(_ text: String, _ graph: Graph, _ names: PortNames) throws(Problem) -> StatePair {
    // Names may hold '=': the first place that parts two ports counts.
    for index in text.indices where text[index] == "=" {
      let (left, right) = (String(text[..<index]), String(text[text.index(after: index)...]))
      if let input = names.input(left), let output = names.output(right) {
        return StatePair(input: input, output: output)
      }
    }
    throw Problem(
      description:
        "'\(text)' is no 'input=output' of the model: inputs \(names.inputList), outputs \(names.outputList)"
    )
  }

  /// Why pairs cannot be used.
  package struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String
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
    warnings(of: model) { place($0, plan) }
  }

  /// - Parameter place: the bytes of a tensor of the main graph in the arena; nil where they are not known.
  func warnings(of model: Model, place: (ValueID?) -> Range<Int>?) -> [FirmwareWarning] {
    guard pairs.count > 1, let graph = model.graphs.first else { return [] }
    var warnings: [FirmwareWarning] = []
    for (index, pair) in pairs.enumerated() {
      for later in pairs[(index + 1)...] {
        guard let input = place(graph.inputs[pair.input]),
          let output = place(graph.outputs[later.output]),
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
