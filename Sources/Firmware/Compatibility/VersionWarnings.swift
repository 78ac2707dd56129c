import GraphIR
import Runtimes

/// Operators that older firmware lacks.
enum VersionWarnings {
  static func warnings(for model: Model) -> [FirmwareWarning] {
    var seen: Set<String> = []
    var warnings: [FirmwareWarning] = []
    for (graph, content) in model.graphs.enumerated() {
      for (index, node) in content.nodes.enumerated() {
        guard let month = OperatorArrivals.month(of: node.code),
          seen.insert(node.code.name).inserted
        else {
          continue
        }
        warnings.append(
          FirmwareWarning(
            kind: .library, place: FirmwarePlace.node(index, graph, node),
            problem:
              "TFLM has had \(node.code.name) since \(month), and older sources refuse the model",
            remedy: "Build the firmware with TFLM of \(month) or later."))
      }
    }
    return warnings
  }
}
