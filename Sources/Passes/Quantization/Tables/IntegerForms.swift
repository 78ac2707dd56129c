import GraphIR
import Tensors

/// Operators that devices compute with floats only, as others that they compute with integers: SQUARE as a product, quotients
/// as products with a reciprocal.
///
/// The reciprocal of a constant is rounded once; that of a tensor becomes a table.
enum IntegerForms {
  /// The edit of a graph; nil where nothing is to be done.
  ///
  /// - Parameter hasTables: whether functions of single numbers become tables, as those of int8 do.
  static func edit(_ graph: Graph, hasTables: Bool) -> GraphEdit? {
    var edit = GraphEdit(of: graph, "products in place of squares and quotients")
    var isChanged = false
    for (index, node) in graph.nodes.enumerated() {
      guard let output = node.outputs.first, graph[output].elementType == .float32 else { continue }
      let id = NodeID(index)
      switch node.code.builtin {
      case .square:
        guard let x = node.operand(0) else { continue }
        edit[id] = product(x, x, output, activation: 0)
      case .div:
        guard let x = node.operand(0), let y = node.operand(1), graph[y].elementType == .float32,
          let factor = factor(y, x, in: graph, hasTables, before: id, &edit)
        else { continue }
        let activation = node.attributes.integer("fused_activation_function")
        edit[id] = product(x, factor, output, activation: activation)
      default: continue
      }
      isChanged = true
    }
    return isChanged ? edit : nil
  }

  private static func product(_ x: ValueID, _ y: ValueID, _ output: ValueID, activation: Int) -> Node {
    .making(
      .mul, [x, y], [output], .init(.mul, "MulOptions", [("fused_activation_function", activation)]))
  }

  /// The reciprocal of a divisor; nil where the quotient is a function of single numbers anyway, or has to stay.
  private static func factor(
    _ divisor: ValueID, _ dividend: ValueID, in graph: Graph, _ hasTables: Bool, before id: NodeID,
    _ edit: inout GraphEdit
  ) -> ValueID? {
    let value = graph[divisor]
    let name = value.name.map { "\($0)/reciprocal" }
    if value.isConstant && !value.isVariable {
      let reciprocals = value.data.elements(Float.self).map { 1 / $0 }
      guard reciprocals.allSatisfy(\.isFinite) else { return nil }
      var constant = value.with(reciprocals)
      constant.name = name
      return edit.add(constant)
    }
    guard hasTables, NumberFunction.number(dividend, in: graph) == nil else { return nil }
    let one = edit.add(Value(name: nil, dimensions: [], elementType: .float32).with([1]))
    var result = value
    result.name = name
    let reciprocal = edit.add(result)
    edit.insert(.making(.div, [one, divisor], [reciprocal], .init(.div, "DivOptions")), before: id)
    return reciprocal
  }
}
