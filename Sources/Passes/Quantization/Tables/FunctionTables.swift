import GraphIR
import Tensors

/// Functions of single numbers that no integer kernel computes, as tables of their 256 results.
///
/// What stands between DEQUANTIZE of int8 and QUANTIZE to int8, and makes of each number another one, is GATHER from a
/// table, of indices that CAST and ADD make of the stored numbers. Every result is the nearest stored number to what the float
/// operators give. The indices take four bytes each, and so did the floats.
enum FunctionTables {
  /// The edit of a graph; nil where nothing is to be done.
  static func edit(_ context: RewriteContext) -> GraphEdit? {
    var writer = TableWriter(context)
    for (index, node) in context.graph.nodes.enumerated() where node.code.builtin == .quantize {
      writer.replace(NodeID(index), node)
    }
    return writer.isChanged ? writer.edit : nil
  }
}

/// Writes the tables of one graph.
private struct TableWriter {
  private let context: RewriteContext
  private(set) var edit: GraphEdit
  private(set) var isChanged = false
  /// Indices by the int8 tensor that they are made of.
  private var indices: [ValueID: ValueID] = [:]

  init(_ context: RewriteContext) {
    self.context = context
    edit = GraphEdit(of: context.graph, "tables in place of functions")
  }

  private var graph: Graph { context.graph }

  /// Operators of one function.
  private struct Function {
    var nodes: Set<NodeID> = []
    /// The int8 tensor, and its floats.
    var source: (stored: ValueID, real: ValueID)?
  }

  mutating func replace(_ id: NodeID, _ node: Node) {
    guard let real = node.operand(0), let output = node.outputs.first, graph[output].elementType == .int8,
      let target = AffineParameters(graph[output]), let function = function(real), !function.nodes.isEmpty,
      let source = function.source, let stored = AffineParameters(graph[source.stored]),
      let results = results(of: function, source.real, at: stored, real)
    else { return }
    isChanged = true
    var table = Value(
      name: graph[output].name.map { "\($0)/table" }, dimensions: [256], elementType: .int8,
      quantization: graph[output].quantization)
    table.data = TensorData(target.bytes(results.map { $0.isNaN ? 0 : $0 }))
    let numbers = edit.add(table)
    let places = places(source.stored, before: id)
    let gather = Node.making(
      .gather, [numbers, places], [output], .init(.gather, "GatherOptions", [("axis", 0)]))
    edit[id] = gather
  }

  /// The operators between a tensor's floats and a value; nil where there are others than functions of numbers.
  private func function(_ end: ValueID) -> Function? {
    var found = Function()
    var open = [end]
    while let value = open.popLast() {
      guard let id = context.producer(of: value), found.nodes.count < 64 else { return nil }
      if graph[id].code.builtin == .dequantize {
        guard let stored = graph[id].operand(0), graph[stored].elementType == .int8,
          found.source.map({ $0.stored == stored }) ?? true
        else { return nil }
        found.source = (stored, value)
      } else if let operands = NumberFunction.varying(graph[id], in: graph) {
        if found.nodes.insert(id).inserted { open += operands }
      } else {
        return nil
      }
    }
    return found
  }

  /// What a function gives for each stored number, from −128 on.
  private func results(
    of function: Function, _ source: ValueID, at stored: AffineParameters, _ end: ValueID
  ) -> [Float]? {
    let nodes = function.nodes.sorted().map { graph[$0] }
    let inputs = (-128...127).map { Float($0 - Int(stored.zeroPoint)) * stored.scale }
    return NodeEvaluation.results(of: nodes, from: source, inputs, to: end, in: graph)
  }

  /// Stored numbers as indices of a table.
  private mutating func places(_ stored: ValueID, before id: NodeID) -> ValueID {
    if let known = indices[stored] { return known }
    let name = graph[stored].name
    func value(_ suffix: String) -> Value {
      Value(
        name: name.map { "\($0)/\(suffix)" }, dimensions: graph[stored].dimensions, elementType: .int32)
    }
    let wide = edit.add(value("wide"))
    let places = edit.add(value("indices"))
    let offset = edit.add(.integers(name.map { "\($0)/offset" }, [128], dimensions: []))
    let options = Record(
      "CastOptions",
      [
        .init(name: "in_data_type", value: .integer(9)), .init(name: "out_data_type", value: .integer(2)),
      ])
    edit.insert(.making(.cast, version: 2, [stored], [wide], .init(.cast, options)), before: id)
    edit.insert(.making(.add, [wide, offset], [places], .init(.add, "AddOptions")), before: id)
    indices[stored] = places
    return places
  }
}

extension AffineParameters {
  /// How a value is stored; nil where it has no scale, or one for each channel.
  fileprivate init?(_ value: Value) {
    guard let quantization = value.quantization, let scale = quantization.scales?.first,
      quantization.scales?.count == 1
    else { return nil }
    self.init(value.elementType, scale: scale, zeroPoint: quantization.zeroPoints?.first ?? 0)
  }
}
