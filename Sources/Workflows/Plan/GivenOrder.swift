package import GraphIR
import MemoryPlanning
import Planning

/// An execution order of a main graph that somebody wrote down: numbers of operators as the file has them.
package struct GivenOrder: Sendable, Equatable {
  package let operators: [Int]

  /// Reads numbers separated by spaces, commas or lines; what stands behind a `#` is a comment.
  ///
  /// - Throws: `Problem` naming the line of the first word that is no number.
  package init(text: String) throws(Problem) {
    var operators: [Int] = []
    for (line, content) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let numbers = content.prefix { $0 != "#" }.split { $0 == "," || $0.isWhitespace }
      for word in numbers {
        guard let number = Int(word), number >= 0 else {
          throw Problem(description: "line \(line + 1): '\(word)' is no number of an operator")
        }
        operators.append(number)
      }
    }
    self.operators = operators
  }

  /// Why an order cannot be used.
  package struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String
  }

  /// The model with the main graph's operators in this order.
  ///
  /// - Throws: `Problem` where operators are missing, named twice, unknown, or stand before what they wait for.
  package func applied(to model: Model) throws(Problem) -> Model {
    guard let main = model.graphs.first else { throw Problem(description: "the model has no graph") }
    try check(main, dependencies: GraphDependencies(main, effects: EffectAnalysis(model).effects[0]))
    var orders = model.graphs.map { $0.nodes.indices.map { NodeID($0) } }
    orders[0] = operators.map { NodeID($0) }
    var result = model
    _ = ReorderOperators.apply(orders, to: &result)
    return result
  }

  private func check(_ graph: Graph, dependencies: GraphDependencies) throws(Problem) {
    var positions = [Int?](repeating: nil, count: graph.nodes.count)
    for (position, number) in operators.enumerated() {
      guard graph.nodes.indices.contains(number) else {
        throw Problem(
          description: "there is no operator \(number): the model has \(graph.nodes.count), from 0")
      }
      guard positions[number] == nil else {
        throw Problem(description: "\(graph.title(of: NodeID(number))) stands twice")
      }
      positions[number] = position
    }
    if let missing = positions.firstIndex(of: nil) {
      throw Problem(description: "\(graph.title(of: NodeID(missing))) is missing")
    }
    let places = positions.compactMap(\.self)
    for pair in waits(graph, dependencies) where places[pair.before.index] > places[pair.after.index] {
      throw Problem(
        description: "\(graph.title(of: pair.after)) stands before \(graph.title(of: pair.before)), "
          + "which it waits for")
    }
  }

  private func waits(_ graph: Graph, _ dependencies: GraphDependencies) -> [GraphDependencies.Ordering] {
    var pairs = dependencies.orderings
    for (index, node) in graph.nodes.enumerated() {
      for value in node.inputs.compactMap(\.self) {
        guard let producer = dependencies.producers[value.index], producer.index != index else { continue }
        pairs.append(GraphDependencies.Ordering(before: producer, after: NodeID(index)))
      }
    }
    return pairs
  }
}
