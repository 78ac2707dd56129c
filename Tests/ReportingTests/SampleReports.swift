import Boards
import MemoryPlanning
import Planning
import Tensors
import Workflows
import _TestSupport

@testable import GraphIR
@testable import Reporting

/// Small models and reports on them, the same on every machine.
enum SampleReports {
  /// Two branches that grow and shrink; the file runs them side by side, the best order does not.
  static func branches() -> Model {
    var builder = GraphBuilder()
    let input = builder.input("image", [1, 8, 8, 1])
    let filter = builder.constant("filter", [20, 1, 1, 1])
    let wide = ["left/expand", "right/expand"].map { builder.value($0, [1, 8, 8, 20]) }
    let thin = ["left/reduce", "right/reduce"].map { builder.value($0, [1, 4, 4, 4]) }
    let sum = builder.value("sum", [1, 4, 4, 4])
    for value in wide { builder.node(.conv2D, [input, filter], [value]) }
    for (from, to) in zip(wide, thin) { builder.node(.averagePool2D, [from], [to]) }
    builder.node(.add, thin, [sum])
    builder.outputs([sum])
    var graph = builder.graph
    graph[input].quantization = Quantization(scales: [0.5], zeroPoints: [-1])
    return Model(graphs: [graph])
  }

  /// A row of `count` operators, each with a tensor of `bytes(index)` bytes, named by `name`.
  static func chain(
    _ count: Int, bytes: (Int) -> Int32 = { Int32(16 + $0 % 5 * 16) }, name: (Int) -> String = { "t\($0)" }
  ) -> Model {
    var builder = GraphBuilder()
    var last = builder.input(name(0), [bytes(0)])
    for index in 0..<count {
      let next = builder.value(name(index + 1), [bytes(index + 1)])
      builder.node(.relu, [last], [next])
      last = next
    }
    builder.outputs([last])
    return Model(graphs: [builder.graph])
  }

  /// A board with one block of memory.
  static func board(_ bytes: Int, of total: Int? = nil) -> Board {
    Board(id: "tiny", name: "Tiny board", sramBytes: total ?? bytes, largestContiguousBytes: bytes)
  }

  /// Plans a model and reports on it; planning took 322 states and 5 ms, it is said.
  static func report(
    _ model: Model, order: NamedOrder = .optimal, path: String = "models/sample.tflite",
    board: Board? = nil, limitBytes: Int? = nil
  ) throws -> PlanReport {
    var report = try PlanSession(
      model: model, path: path, alignment: 16, effort: .normal.with(states: 1_000_000)
    )
    .report(order: order, board: board, limitBytes: limitBytes)
    report.cost = nil
    report.seconds = 0.005
    report.plan.proof.statesExpanded = 322
    return report
  }

  /// A name that tries everything: markup, an escape sequence, line breaks, a change of direction.
  static let hostileName = "a<&\"'>\u{1B}[31m\r\n\u{202E}b\u{0}\u{FEFF}\u{2028}]]>"

  /// Characters that no output may contain.
  static func hasControls(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .control: scalar != "\n"
      case .format, .lineSeparator, .paragraphSeparator: true
      default: false
      }
    }
  }
}

extension Plan {
  /// This plan with other figures, whether or not they are true.
  func changed(
    lowerBoundBytes: Int? = nil, statesExpanded: Int? = nil, arenaBytes: Int? = nil,
    arenaLowerBoundBytes: Int? = nil
  ) -> Plan {
    var plan = self
    if let lowerBoundBytes { plan.proof.lowerBoundBytes = lowerBoundBytes }
    if let statesExpanded { plan.proof.statesExpanded = statesExpanded }
    if let arenaBytes { plan.pools[0].usedBytes = arenaBytes }
    if let arenaLowerBoundBytes { plan.proof.arenaLowerBoundBytes = arenaLowerBoundBytes }
    return plan
  }
}

extension PlanReport {
  /// This report on another plan of the same tensors.
  func changed(plan: Plan) -> PlanReport {
    var report = self
    report.plan = plan
    return report
  }
}
