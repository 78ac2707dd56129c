package import GraphIR
import Tensors

/// Inputs and outputs become the integers that a model of integers turns them into, or has turned them from.
///
/// An input that only a QUANTIZE reads, and an output that a QUANTIZE or DEQUANTIZE writes, take the arena beside the
/// tensor of integers. Without the operator the caller quantizes, with the port's scale and zero point, and the port
/// has a quarter of a float's bytes. The integers inside stay as they were.
package struct IntegerPorts: Pass {
  package static let name = "integer-ports"

  package init() {}

  package func edit(_ model: inout Model, log: inout PassLog) {
    guard let graph = model.graphs.first else { return }
    if model.graphs.contains(where: { $0.nodes.contains { $0.calledGraphs.contains(GraphID(0)) } }) {
      return log.refused(Self.name, "subgraph 0", "it is called, and its ports are operands")
    }
    var work = Work(graph)
    for port in Set(graph.inputs.compactMap(\.self)).sorted() { work.change(input: port, &log) }
    for port in Set(graph.outputs.compactMap(\.self)).sorted() { work.change(output: port, &log) }
    if !work.edit.removedNodes.isEmpty { model.apply(work.edit, to: GraphID(0)) }
  }

  /// The edit of the main graph in the making.
  private struct Work {
    var edit: GraphEdit
    private let graph: Graph
    private let dependencies: GraphDependencies
    private let ports: Set<ValueID>

    init(_ graph: Graph) {
      self.graph = graph
      edit = GraphEdit(of: graph)
      dependencies = GraphDependencies(graph, effects: graph.nodes.map { _ in NodeEffects() })
      ports = Set((graph.inputs + graph.outputs).compactMap(\.self))
    }

    mutating func change(input port: ValueID, _ log: inout PassLog) {
      let readers = dependencies.consumers[port.index]
      guard IntegerPorts.isWide(graph[port].elementType), !graph[port].isConstant,
        dependencies.producers[port.index] == nil,
        let reader = readers.first, graph[reader].code.builtin == .quantize,
        let inside = graph[reader].outputs.first
      else { return }
      guard readers.count == 1 else {
        return log.refused(IntegerPorts.name, graph.title(of: port), "several operators read it")
      }
      _ = become(inside, port, without: reader, &log)
    }

    mutating func change(output port: ValueID, _ log: inout PassLog) {
      guard IntegerPorts.isWide(graph[port].elementType), let writer = dependencies.producers[port.index],
        [.quantize, .dequantize].contains(graph[writer].code.builtin), !edit.removedNodes.contains(writer),
        let inside = graph[writer].inputs.first ?? nil, edit.redirects[inside] == nil,
        let source = dependencies.producers[inside.index],
        !edit.removedNodes.contains(source)
      else { return }
      guard dependencies.consumers[port.index].isEmpty else {
        return log.refused(IntegerPorts.name, graph.title(of: port), "operators read it too")
      }
      guard become(inside, port, without: writer, &log) else { return }
      edit[source].outputs = edit[source].outputs.map { $0 == inside ? port : $0 }
    }

    /// Puts a port in the place of the integers behind an operator, which goes.
    private mutating func become(
      _ inside: ValueID, _ port: ValueID, without node: NodeID, _ log: inout PassLog
    ) -> Bool {
      let value = graph[inside]
      guard IntegerPorts.isNarrow(value), !ports.contains(inside), !value.isVariable else {
        log.refused(
          IntegerPorts.name, graph.title(of: port),
          "what stands behind it is no tensor of int8 or int16 for it")
        return false
      }
      let before = graph[port].elementType
      edit[port].elementType = value.elementType
      edit[port].quantization = value.quantization
      edit.remove(node)
      edit.redirect(inside, to: port)
      log.edited(
        IntegerPorts.name, graph.title(of: port),
        "\(before) → \(value.elementType), \(graph.title(of: node)) left out")
      return true
    }
  }

  private static func isWide(_ type: ElementType) -> Bool { type == .float32 || type == .uint8 }

  private static func isNarrow(_ value: Value) -> Bool {
    value.elementType == .int8 || value.elementType == .int16
  }
}
