import Execution
package import GraphIR
import Tensors

/// Shapes that operators give their results and the file declares otherwise become those that are declared.
///
/// Converters write another batch behind shapes that are computed. LiteRT resizes such tensors; TFLM takes the file's
/// word, and refuses or answers wrongly.
package enum SettleShapes {
  package static let name = "settle-shapes"

  package static func run(on model: inout Model, log: inout PassLog) {
    guard let settled = RuntimeShapes.settled(model) else { return }
    var edit = ModelEdit(of: model)
    for (index, graph) in model.graphs.enumerated() {
      let changed = graph.values.indices.filter {
        graph.values[$0].dimensions != settled.graphs[index].values[$0].dimensions
      }
      guard !changed.isEmpty else { continue }
      for value in changed { edit.graphs[index][ValueID(value)] = settled.graphs[index].values[value] }
      log.edited(
        name, "subgraph \(index)",
        "\(changed.count.counted("tensor")) with the shapes that operators give them")
    }
    model.apply(edit)
  }
}
