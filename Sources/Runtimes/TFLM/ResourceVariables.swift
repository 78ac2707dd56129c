import GraphIR

/// Resource variables while kernels prepare: which handle names which, and which have memory.
struct ResourceVariables {
  /// Variables by handle, of the graph that is being prepared.
  private var handles: [ValueID: Name] = [:]
  private var assigned: Set<Name> = []

  private struct Name: Hashable {
    let container: String
    let shared: String

    init(_ node: Node) {
      container = node.attributes.string("container")
      shared = node.attributes.string("shared_name")
    }
  }

  /// Variables that a model has: those with different containers or shared names, as the runtime tells them apart.
  static func count(in model: Model) -> Int {
    let nodes = model.graphs.flatMap(\.nodes).filter { $0.code.builtin == .varHandle }
    return Set(nodes.map(Name.init)).count
  }

  mutating func declare(_ node: Node) {
    guard node.code.builtin == .varHandle, let handle = node.outputs.first else { return }
    handles[handle] = Name(node)
  }

  mutating func forgetHandles() { handles = [:] }

  /// Whether the variable has no memory yet; it has some from now on. A handle that comes from outside the
  /// graph names nothing while kernels prepare.
  mutating func isFirstAssignment(through handle: ValueID) -> Bool {
    guard let name = handles[handle] else { return false }
    return assigned.insert(name).inserted
  }
}
