import GraphIR
import MemoryPlanning
import Passes
import Planning

/// What the arena would be if inputs and outputs were the integers that the model makes of them.
package struct PortAdvice: Sendable, Equatable {
  /// Each with its name and both types, such as `input_1 float32 → int8`.
  package let changes: [String]
  /// The smallest arena in which TFLM would allocate the model's tensors.
  package let arenaBytes: Int

  /// Plans the model with other ports; quickly where those are as large as its own, since then little more than an
  /// operator goes.
  ///
  /// - Parameter arenaBytes: what it takes with its own.
  /// - Returns: nil where no port can be another, or where that takes no less.
  /// - Throws: `PlanningError` where the model cannot be planned.
  init?(_ model: Model, by planner: Planner<TFLMBuild>, below arenaBytes: Int) throws(PlanningError) {
    var changed = model
    var log = PassLog()
    guard let result = try? IntegerPorts().run(on: &changed, log: &log), result == .changed else {
      return nil
    }
    var planner = planner
    if Self.portBytes(changed) == Self.portBytes(model) { planner.effort = PlanningEffort(.quick) }
    let planned = try planner.plannedModel(for: changed)
    guard planned.charge.arenaBytes < arenaBytes else { return nil }
    self.arenaBytes = planned.charge.arenaBytes
    let ports = model.graphs.first.map { $0.inputs + $0.outputs } ?? []
    changes = ports.compactMap { port in
      guard let port, let before = model.graphs.first?[port], let after = changed.graphs.first?[port],
        before.elementType != after.elementType
      else { return nil }
      return "\(before.name ?? "port \(port.index)") \(before.elementType) → \(after.elementType)"
    }
  }

  private static func portBytes(_ model: Model) -> Int {
    let ports = model.graphs.first.map { $0.inputs + $0.outputs } ?? []
    return ports.compactMap(\.self).reduce(0) { $0.saturatingAdd(model.graphs[0][$1].byteCount) }
  }
}
