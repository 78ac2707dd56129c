import GraphIR
import Operators
import Tensors

/// One operator's numbers, and the derivatives of its operands from those of its result.
protocol GradientRule: Sendable {
  /// Prepares what depends on constants only.
  func prepare(_ memory: GradientMemory)
  /// Sets the results.
  func forward(_ memory: GradientMemory)
  /// Adds to the operands' derivatives.
  func backward(_ memory: GradientMemory)
}

extension GradientRule {
  func prepare(_ memory: GradientMemory) {}
}

/// The rules of a graph, in the order of its nodes.
struct GradientGraph: Sendable {
  let layout: GradientLayout
  private let rules: [any GradientRule]
  private let constants: [(id: ValueID, numbers: [Float])]
  /// Inputs of the graph.
  let inputs: [ValueID]
  /// What is compared between two graphs: outputs, or what a final SOFTMAX or LOGISTIC reads.
  let targets: [ValueID]

  /// Why a graph has no derivatives.
  struct Unsupported: Error, Equatable {
    let reason: String
  }

  /// - Throws: `Unsupported` naming the first operator without a rule.
  init(_ graph: Graph) throws(Unsupported) {
    guard let layout = GradientLayout(graph) else { throw Unsupported(reason: "its tensors are too large") }
    self.layout = layout
    inputs = graph.inputs.compactMap(\.self)
    guard inputs.allSatisfy({ graph[$0].elementType == .float32 }) else {
      throw Unsupported(reason: "an input is not float32")
    }
    var targets: [ValueID] = []
    for output in graph.outputs.compactMap(\.self) {
      let writer = graph.nodes.first { $0.outputs.contains(output) }
      let isFinal = writer.map { [.softmax, .logistic].contains($0.code.builtin) } ?? false
      let target = isFinal ? writer?.inputs.first.flatMap(\.self) ?? output : output
      guard graph[target].elementType == .float32 else {
        throw Unsupported(reason: "an output is not float32")
      }
      targets.append(target)
    }
    self.targets = targets
    var isNeeded = [Bool](repeating: false, count: graph.values.count)
    for target in targets { isNeeded[target.index] = true }
    var needed: [NodeID] = []
    for (index, node) in graph.nodes.enumerated().reversed()
    where node.outputs.contains(where: { isNeeded[$0.index] }) {
      needed.append(NodeID(index))
      for input in node.inputs.compactMap(\.self) { isNeeded[input.index] = true }
    }
    var rules: [any GradientRule] = []
    for node in needed.reversed() { rules.append(try GradientRules.rule(for: node, in: graph)) }
    self.rules = rules
    constants = graph.values.enumerated().compactMap { index, value in
      guard value.isConstant, value.elementType == .float32, value.data.byteCount == value.byteCount else {
        return nil
      }
      return (ValueID(index), value.data.elements(Float.self))
    }
  }

  /// Memory with the graph's constants.
  func makeMemory() -> GradientMemory {
    let memory = GradientMemory(layout)
    for (id, numbers) in constants { memory.value(id).assign(numbers) }
    prepare(memory)
    return memory
  }

  /// To be called after constants have changed.
  func prepare(_ memory: GradientMemory) {
    for rule in rules { rule.prepare(memory) }
  }

  /// - Parameter sample: the numbers of the inputs.
  func forward(_ memory: GradientMemory, _ sample: [[Float]]) {
    for (input, numbers) in zip(inputs, sample) { memory.value(input).assign(numbers) }
    for rule in rules { rule.forward(memory) }
  }

  /// The targets' numbers, one behind the other.
  func answers(_ memory: GradientMemory) -> [Float] { targets.flatMap { memory.value($0).array() } }

  /// Derivatives from those of the targets, which stand in memory; all others must be zero.
  func backward(_ memory: GradientMemory) {
    for rule in rules.reversed() { rule.backward(memory) }
  }
}
