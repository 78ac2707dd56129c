/// The resource variables of a model: which handle stands for which. Whoever tells variables apart asks here.
///
/// Variables are numbered in the order in which VAR_HANDLE nodes are met, graph by graph. As in TFLM
/// (`MicroResourceVariables::FindId`), a handle without a container is the first variable of its name, whatever
/// the container. A container of no letters is none, as in LiteRT, where TFLM's comparison has no defined result.
package struct VariableTable: Sendable {
  private struct Key: Sendable {
    /// Empty where the first handle had none.
    let container: String
    let name: String
  }

  private var keys: [Key] = []
  /// By graph: variables by the value that a VAR_HANDLE writes.
  private var handles: [[ValueID: Int]] = []
  /// Names with which both handles that have a container and handles that have none were met.
  private var ambiguousNames: Set<String> = []

  package init(_ model: Model) {
    var namesWithoutContainer: Set<String> = []
    for graph in model.graphs {
      var known: [ValueID: Int] = [:]
      for node in graph.nodes where node.code.builtin == .varHandle {
        let number = insert(node)
        for output in node.outputs { known[output] = number }
        if !Self.hasContainer(node) { namesWithoutContainer.insert(Self.name(of: node)) }
      }
      handles.append(known)
    }
    for node in model.graphs.lazy.flatMap(\.nodes) where node.code.builtin == .varHandle {
      let name = Self.name(of: node)
      let isNamed = !(node.attributes.string("container").isEmpty)
      if isNamed, namesWithoutContainer.contains(name) { ambiguousNames.insert(name) }
    }
  }

  /// Variables of the model.
  package var count: Int { keys.count }

  /// The number of the variable that a VAR_HANDLE names; nil for other nodes, and for names that the model lacks.
  package func variable(of node: Node) -> Int? {
    guard node.code.builtin == .varHandle else { return nil }
    let name = Self.name(of: node)
    guard Self.hasContainer(node) else { return keys.firstIndex { $0.name == name } }
    let container = node.attributes.string("container")
    return keys.firstIndex { $0.name == name && $0.container == container }
  }

  /// The number of the variable that a value of a graph stands for; nil where no VAR_HANDLE of that graph
  /// writes it: such a handle may stand for any variable.
  package func variable(through handle: ValueID?, in graph: GraphID) -> Int? {
    handle.flatMap { handles[graph.index][$0] }
  }

  /// The name of a VAR_HANDLE's variable, where it is the order of handles that says which variable that is.
  package func ambiguousName(of node: Node) -> String? {
    guard node.code.builtin == .varHandle else { return nil }
    let name = Self.name(of: node)
    return ambiguousNames.contains(name) ? name : nil
  }

  private mutating func insert(_ node: Node) -> Int {
    if let known = variable(of: node) { return known }
    keys.append(Key(container: node.attributes.string("container"), name: Self.name(of: node)))
    return keys.count - 1
  }

  private static func hasContainer(_ node: Node) -> Bool { node.attributes["container"] != nil }

  private static func name(of node: Node) -> String { node.attributes.string("shared_name") }
}
