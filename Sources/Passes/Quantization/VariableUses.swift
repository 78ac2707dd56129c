import GraphIR
import Tensors

/// Which nodes of the main graph read and write the same resource variable.
///
/// A variable holds stored numbers of one kind: all that read and write it are integer operators or none is,
/// and they share one quantization. Graphs that only give it a constant, as those behind CALL_ONCE do, follow. Where its
/// handle goes into other operators, or a handle from elsewhere may stand for it, it stays as it is.
struct VariableUses: Sendable {
  /// By variable, nodes that read before those that write.
  private(set) var nodes: [[NodeID]]
  /// By variable, nodes of other graphs that assign a constant.
  private(set) var initials: [[Place]]
  /// Why nodes cannot be integer ones.
  private(set) var refusals: [NodeID: String] = [:]
  private var isComputedElsewhere: [Bool]

  struct Place: Sendable {
    let graph: GraphID
    let node: NodeID
  }

  init(_ model: Model) {
    let table = VariableTable(model)
    nodes = [[NodeID]](repeating: [], count: table.count)
    initials = [[Place]](repeating: [], count: table.count)
    isComputedElsewhere = [Bool](repeating: false, count: table.count)
    for (index, graph) in model.graphs.enumerated() {
      for (position, node) in graph.nodes.enumerated() {
        let place = Place(graph: GraphID(index), node: NodeID(position))
        guard [.readVariable, .assignVariable].contains(node.code.builtin) else {
          for handle in node.inputs {
            if let number = table.variable(through: handle, in: place.graph) {
              isComputedElsewhere[number] = true
            }
          }
          continue
        }
        guard let number = table.variable(through: node.inputs.first ?? nil, in: place.graph) else {
          isComputedElsewhere = isComputedElsewhere.map { _ in true }
          if index == 0 { refusals[place.node] = "no VAR_HANDLE beside it names its variable" }
          continue
        }
        add(place, node, graph, number)
      }
    }
    for number in nodes.indices {
      let isRead = nodes[number].filter { model.graphs[0][$0].code.builtin == .readVariable }
      nodes[number] = isRead + nodes[number].filter { !isRead.contains($0) }
      guard isComputedElsewhere[number] else { continue }
      for node in nodes[number] { refusals[node] = "its variable is also read or written elsewhere" }
    }
  }

  private mutating func add(_ place: Place, _ node: Node, _ graph: Graph, _ number: Int) {
    if place.graph.index == 0 {
      nodes[number].append(place.node)
    } else if node.code.builtin == .assignVariable, node.floatConstant(1, in: graph) != nil {
      initials[number].append(place)
    } else {
      isComputedElsewhere[number] = true
    }
  }
}

extension VariableUses {
  /// The value that a node of a graph reads or writes.
  static func value(of node: Node) -> ValueID? {
    if node.code.builtin == .readVariable { return node.outputs.first }
    return node.inputs.count == 2 ? node.inputs[1] : nil
  }

  /// Stores the constants with which other graphs begin, like their variables.
  ///
  /// - Parameter parameters: by variable; nil for one that stays float.
  func rewriteInitials(in edit: inout ModelEdit, _ parameters: [AffineParameters?]) {
    for (places, parameters) in zip(initials, parameters) {
      guard let parameters else { continue }
      for place in places {
        guard let id = edit.graphs[place.graph.index][place.node].inputs[1] else { continue }
        var value = edit.graphs[place.graph.index][id]
        value.data = TensorData(parameters.bytes(value.data.elements(Float.self)))
        value.elementType = parameters.elementType
        value.quantization = parameters.quantization
        let copy = edit.graphs[place.graph.index].add(value)
        edit.graphs[place.graph.index][place.node].inputs[1] = copy
      }
    }
  }
}
