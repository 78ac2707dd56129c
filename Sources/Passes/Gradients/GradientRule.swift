import GraphIR
import Operators
import Tensors

/// One operator's numbers for eight samples, and the derivatives of its operands from those of its result.
///
/// Every operand that `GradientMemory.hasGradient` gets its derivatives.
protocol GradientRule: Sendable {
  /// Prepares what depends on constants only.
  func prepare(_ memory: GradientMemory)
  /// Sets the results.
  func forward(_ memory: GradientMemory)
  /// Adds to the operands' derivatives.
  func backward(_ memory: GradientMemory)
  /// Elements of scratch memory that the rule needs, and the value that they belong to.
  var scratch: (owner: ValueID, count: Int)? { get }
}

extension GradientRule {
  var scratch: (owner: ValueID, count: Int)? { nil }
  func prepare(_ memory: GradientMemory) {}
}

/// The rules of a graph, in the order of its nodes.
struct GradientGraph: Sendable {
  let layout: GradientLayout
  private let rules: [(rule: any GradientRule, output: ValueID)]
  private let constants: [(id: ValueID, numbers: [Float])]
  /// Inputs of the graph; nil for those that keep the data that the file stores.
  let inputs: [ValueID?]
  /// What is compared between two graphs: outputs, or what a final SOFTMAX or LOGISTIC reads.
  let targets: [ValueID]
  /// What the targets' numbers stand for.
  let forms: [AnswerForm]

  /// Why a graph has no derivatives.
  struct Unsupported: Error, Equatable {
    let reason: String
  }

  /// - Throws: `Unsupported` naming the first operator without a rule.
  init(_ graph: Graph) throws(Unsupported) {
    let ports = graph.inputs.compactMap(\.self)
    inputs = ports.map { graph[$0].isConstant ? nil : $0 }
    guard ports.allSatisfy({ graph[$0].elementType == .float32 }) else {
      throw Unsupported(reason: "an input is not float32")
    }
    (targets, forms) = try Self.targets(of: graph)
    let nodes = Self.nodes(before: targets, in: graph)
    var rules: [(rule: any GradientRule, output: ValueID)] = []
    var scratchCounts = [Int](repeating: 0, count: graph.values.count)
    for node in nodes {
      let rule = try GradientRules.rule(for: node, in: graph)
      for output in graph[node].outputs.prefix(1) { rules.append((rule, output)) }
      if let scratch = rule.scratch {
        scratchCounts[scratch.owner.index] = max(scratchCounts[scratch.owner.index], scratch.count)
      }
    }
    self.rules = rules
    let isParameter = try Self.parameters(nodes, targets, in: graph)
    let isFitted = Self.fitted(nodes, in: graph)
    guard
      let layout = GradientLayout(
        graph, isParameter: isParameter, isFitted: isFitted, scratchCounts: scratchCounts)
    else { throw Unsupported(reason: "its tensors are too large") }
    self.layout = layout
    constants = graph.values.enumerated().compactMap { index, value in
      guard Self.isFloatConstant(value) else { return nil }
      return (ValueID(index), value.data.elements(Float.self))
    }
  }

  private static func isFloatConstant(_ value: Value) -> Bool {
    value.isConstant && value.elementType == .float32 && value.data.byteCount == value.byteCount
  }

  private static func targets(of graph: Graph) throws(Unsupported) -> ([ValueID], [AnswerForm]) {
    var targets: [ValueID] = []
    var forms: [AnswerForm] = []
    for output in graph.outputs.compactMap(\.self) {
      let writer = graph.nodes.first { $0.outputs.contains(output) }
      var (target, form) = (output, AnswerForm.numbers)
      if let writer, case .answer(let ownForm, _) = writer.passFacts?.gradient,
        let operand = writer.inputs.first.flatMap(\.self)
      {
        (target, form) = (operand, ownForm(writer, graph))
      }
      guard graph[target].elementType == .float32 else {
        throw Unsupported(reason: "an output is not float32")
      }
      targets.append(target)
      forms.append(form)
    }
    return (targets, forms)
  }

  /// The nodes that have a part in some values.
  private static func nodes(before targets: [ValueID], in graph: Graph) -> [NodeID] {
    var isNeeded = [Bool](repeating: false, count: graph.values.count)
    for target in targets { isNeeded[target.index] = true }
    var needed: [NodeID] = []
    for (index, node) in graph.nodes.enumerated().reversed()
    where node.outputs.contains(where: { isNeeded[$0.index] }) {
      needed.append(NodeID(index))
      for input in node.inputs.compactMap(\.self) { isNeeded[input.index] = true }
    }
    return needed.reversed()
  }

  /// Which values are the weights or the bias of a layer, and nothing else.
  private static func parameters(
    _ nodes: [NodeID], _ targets: [ValueID], in graph: Graph
  ) throws(Unsupported) -> [Bool] {
    var (isParameter, isOperand) = (graph.values.map { _ in false }, graph.values.map { _ in false })
    for target in targets { isOperand[target.index] = true }
    for id in nodes {
      let layer = LinearLayer(id, in: graph) == nil ? nil : graph[id].passFacts?.layer
      for (position, input) in graph[id].inputs.enumerated() {
        guard let input else { continue }
        if let layer, position == layer.filter || position == layer.bias {
          isParameter[input.index] = true
        } else {
          isOperand[input.index] = true
        }
      }
    }
    if let both = isParameter.indices.first(where: { isParameter[$0] && isOperand[$0] }) {
      throw Unsupported(reason: "tensor \(both) is both weights and another operand")
    }
    return isParameter
  }

  /// Which values depend on a float constant.
  private static func fitted(_ nodes: [NodeID], in graph: Graph) -> [Bool] {
    var result = graph.values.map(isFloatConstant)
    for id in nodes where graph[id].inputs.contains(where: { $0.map { result[$0.index] } ?? false }) {
      for output in graph[id].outputs { result[output.index] = true }
    }
    return result
  }

  /// Memory with the graph's constants.
  func makeMemory() -> GradientMemory {
    let memory = GradientMemory(layout)
    for (id, numbers) in constants { memory.assign(numbers, to: id) }
    prepare(memory)
    return memory
  }

  /// To be called after constants have changed.
  func prepare(_ memory: GradientMemory) {
    for (rule, _) in rules { rule.prepare(memory) }
  }

  /// - Parameter samples: the numbers of the inputs, of one to eight samples; the last one fills the lanes
  ///   that are left.
  func forward(_ memory: GradientMemory, _ samples: [[[Float]]]) {
    precondition(!samples.isEmpty && samples.count <= GradientMemory.laneCount, "one to eight samples")
    for case (let position, let input?) in inputs.enumerated() {
      for lane in 0..<GradientMemory.laneCount {
        memory.assign(samples[min(lane, samples.count - 1)][position], to: input, lane: lane)
      }
    }
    for (rule, _) in rules { rule.forward(memory) }
  }

  /// The targets' numbers of a sample, one behind the other.
  func answers(_ memory: GradientMemory, lane: Int) -> [Float] {
    targets.flatMap { memory.numbers($0, lane: lane) }
  }

  /// Derivatives from those of the targets, which stand in memory; all others must be zero. Operators before
  /// which nothing is fitted pass none on.
  func backward(_ memory: GradientMemory) {
    for (rule, output) in rules.reversed() where memory.hasGradient(output) { rule.backward(memory) }
  }
}
