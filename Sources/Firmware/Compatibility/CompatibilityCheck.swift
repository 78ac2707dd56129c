import GraphIR
import Runtimes
import Tensors

/// Looks for what TFLM refuses in a model or gets wrong, one warning for all places with the same problem.
///
/// `TFLMVerdict` is who asks.
struct CompatibilityCheck {
  let model: Model
  /// What the runtime's own demands find, by place.
  private let known: [TFLMFinding.Place: TFLMFinding]
  private var findings: [Finding] = []

  /// One problem at one place.
  struct Finding {
    let kind: FirmwareWarning.Kind
    var severity: TFLMFinding.Severity?
    let place: String
    let problem: String
    let remedy: String
  }

  /// All warnings, in the order of their first places.
  static func warnings(
    for model: Model, target: TFLMTarget, unknownOperators: [String] = []
  ) -> [FirmwareWarning] {
    var check = CompatibilityCheck(model: model, target: target)
    for graph in model.graphs.indices {
      check.findPorts(graph)
      check.findTensors(graph)
      for node in model.graphs[graph].nodes.indices { check.findNode(graph, node, unknownOperators) }
    }
    return check.grouped()
  }

  private init(model: Model, target: TFLMTarget) {
    self.model = model
    let findings = TFLMCompatibility.findings(in: model, target: target)
    known = Dictionary(findings.map { ($0.place, $0) }) { first, _ in first }
  }

  private mutating func add(
    _ kind: FirmwareWarning.Kind, _ place: String, _ problem: String, _ remedy: String
  ) {
    findings.append(Finding(kind: kind, place: place, problem: problem, remedy: remedy))
  }

  /// Inputs and outputs of the main graph that a program cannot fill or read.
  private mutating func findPorts(_ graph: Int) {
    guard graph == 0 else { return }
    let ports = (model.graphs[0].inputs + model.graphs[0].outputs).compactMap(\.self)
    for (index, id) in ports.enumerated() where ports.firstIndex(of: id) == index {
      findValue(id, graph)
    }
  }

  /// What the allocator refuses, apart from operators.
  private mutating func findTensors(_ graph: Int) {
    for (index, value) in model.graphs[graph].values.enumerated() {
      let id = ValueID(index)
      guard let finding = known[.value(GraphID(graph), id)] else { continue }
      add(finding, FirmwarePlace.tensor(id, graph, value))
    }
  }

  private mutating func add(_ finding: TFLMFinding, _ place: String) {
    findings.append(
      Finding(
        kind: FirmwareWarning.Kind(finding.kind), severity: finding.severity, place: place,
        problem: finding.problem, remedy: finding.remedy))
  }

  private mutating func findValue(_ id: ValueID, _ graph: Int) {
    let value = model.graphs[graph][id]
    let place = FirmwarePlace.tensor(id, graph, value)
    if !value.isConstant, value.byteCount == 0, value.shapeSignature?.contains(-1) == true {
      add(
        .dynamicShape, place, "its size is not known before the model runs, and TFLM plans memory before",
        "Convert the model with fixed input shapes.")
    }
  }

  private mutating func findNode(_ graph: Int, _ index: Int, _ unknownOperators: [String]) {
    let node = model.graphs[graph].nodes[index]
    let place = FirmwarePlace.node(index, graph, node)
    guard findKernel(node, place) else { return }
    let count = findings.count
    findTypes(node, graph, place)
    findSparse(node, graph, place)
    for id in node.inputs.compactMap(\.self) + node.outputs where !isPort(id, graph) { findValue(id, graph) }
    if findings.count == count, let finding = known[.node(GraphID(graph), NodeID(index))] {
      add(finding, place)
    }
    if findings.count == count, unknownOperators.contains(node.code.name) {
      add(
        .arena, place, "the arena's figure leaves out what \(node.code.name) allocates",
        "Run it once with a larger arena, and read the need from interpreter.arena_used_bytes().")
    }
  }

  /// Whether TFLM has a kernel at all.
  private mutating func findKernel(_ node: Node, _ place: String) -> Bool {
    switch OperatorResolver.registration(of: node.code) {
    case .method?: return true
    case .custom(_, let function)?:
      add(
        .customOperator, place, "TFLM has no kernel for the custom operator \(node.code.name)",
        "Write one, and return its registration from \(function)().")
    case nil:
      add(
        .noKernel, place, "TFLM has no kernel for \(node.code.name)",
        "Replace it by operators that TFLM has, or compute it outside of the model.")
    }
    return false
  }

  private mutating func findTypes(_ node: Node, _ graph: Int, _ place: String) {
    for rule in KernelTypes.rules(for: node.code) {
      guard let types = rule.refusedTypes(of: node, in: model.graphs[graph]) else { continue }
      let refusal = TypeRefusal(node.code.name, types, accepted: rule.acceptedText)
      return add(refusal.kind, place, refusal.problem, refusal.remedy)
    }
  }

  private mutating func findSparse(_ node: Node, _ graph: Int, _ place: String) {
    let values = model.graphs[graph]
    for id in node.inputs.compactMap(\.self) where values[id].attachments.sparsity != nil {
      add(
        .sparse, place, "its weights are stored sparsely, and TFLM reads them as if they were dense",
        "Convert the model without sparsity.")
    }
  }

  private func isPort(_ id: ValueID, _ graph: Int) -> Bool {
    graph == 0 && (model.graphs[0].inputs.contains(id) || model.graphs[0].outputs.contains(id))
  }

  /// One warning for all findings that say the same.
  private func grouped() -> [FirmwareWarning] {
    var order: [String] = []
    var groups: [String: [Finding]] = [:]
    for finding in findings {
      let key = "\(finding.kind.rawValue) \(finding.problem)"
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(finding)
    }
    return order.compactMap { key in
      guard let group = groups[key], let first = group.first else { return nil }
      return FirmwareWarning(
        kind: first.kind, severity: first.severity, place: first.place, moreCount: group.count - 1,
        problem: first.problem, remedy: first.remedy)
    }
  }
}
