package import Operators

extension Interpreter {
  /// What each node's kernel runs on, by graph and node.
  ///
  /// Operators that call graphs or keep variables have no kernel; what they are given stands in their place.
  package var lowered: [[LoweredOperator]] {
    graphs.map { graph in
      graph.steps.sorted { $0.node.index < $1.node.index }.map(\.action.lowered)
    }
  }
}

extension CompiledStep.Action {
  var lowered: LoweredOperator {
    switch self {
    case .kernel(let kernel): kernel.lowered
    case .branch(let then, let otherwise):
      LoweredOperator(
        form: "Branch",
        fields: [
          LoweredField("then", .integer(then.index)), LoweredField("otherwise", .integer(otherwise.index)),
        ])
    case .loop(let condition, let body):
      LoweredOperator(
        form: "Loop",
        fields: [
          LoweredField("condition", .integer(condition.index)), LoweredField("body", .integer(body.index)),
        ])
    case .call(let graph):
      LoweredOperator(form: "Call", fields: [LoweredField("graph", .integer(graph.index))])
    case .callOnce(let graph):
      LoweredOperator(form: "CallOnce", fields: [LoweredField("graph", .integer(graph.index))])
    case .handle(let resource):
      LoweredOperator(form: "Handle", fields: [LoweredField("resource", .integer(Int(resource)))])
    case .readVariable: LoweredOperator(form: "ReadVariable", fields: [])
    case .assignVariable: LoweredOperator(form: "AssignVariable", fields: [])
    }
  }
}
