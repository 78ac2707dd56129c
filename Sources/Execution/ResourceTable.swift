package import GraphIR
import Tensors

/// The resource variables of a model, numbered in the order in which they are met.
///
/// A variable to which a graph assigns has a content from the start: every byte is the zero point of
/// the assigned value, as TFLM allocates it.
package struct ResourceTable: Sendable {
  /// What a variable holds before the first assignment.
  struct Content: Sendable, Equatable {
    let byteCount: Int
    let byte: UInt8
  }

  private var names: [(container: String?, name: String)] = []
  /// The first contents by number; nil where no graph assigns through a handle of its own.
  private(set) var contents: [Content?] = []

  package init(_ model: Model) {
    for graph in model.graphs {
      var handles: [ValueID: Int] = [:]
      for node in graph.nodes {
        if node.code.builtin == .varHandle, let output = node.outputs.first {
          handles[output] = insert(node.attributes)
        } else if node.code.builtin == .assignVariable, node.inputs.count == 2, let handle = node.inputs[0],
          let number = handles[handle], let value = node.inputs[1], contents[number] == nil
        {
          contents[number] = Self.content(graph[value])
        }
      }
    }
  }

  /// The number of the variable that a VAR_HANDLE names; nil where no graph has such a node.
  ///
  /// A handle without a container finds the first variable of its name, as in TFLM.
  package func number(of attributes: Record) -> Int32? {
    let container = Self.container(attributes)
    let name = attributes.string("shared_name")
    let index = names.firstIndex { $0.name == name && (container == nil || $0.container == container) }
    return index.map { Int32($0) }
  }

  private mutating func insert(_ attributes: Record) -> Int {
    if let known = number(of: attributes) { return Int(known) }
    names.append((Self.container(attributes), attributes.string("shared_name")))
    contents.append(nil)
    return names.count - 1
  }

  private static func container(_ attributes: Record) -> String? {
    attributes["container"] == nil ? nil : attributes.string("container")
  }

  private static func content(_ value: Value) -> Content {
    let zeroPoint = value.quantization?.isQuantized == true ? value.quantization?.zeroPoints?.first ?? 0 : 0
    return Content(byteCount: value.byteCount, byte: UInt8(truncatingIfNeeded: zeroPoint))
  }
}
