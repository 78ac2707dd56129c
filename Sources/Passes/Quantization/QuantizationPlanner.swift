import GraphIR
import Tensors

/// Makes a plan from a float graph, the rules of its operators and the statistics of its activations.
struct QuantizationPlanner {
  private let graph: Graph
  private let statistics: [ValueStatistics]
  private let search: RangeMethod
  private let nodeTypes: [ElementType?]
  private let homes: [ElementType?]
  private let variables: [[NodeID]]
  private let loops: [JoinedGraph.Loop]
  /// By variable, the number of a value that is stored like it.
  private var variableMembers: [Int?] = []
  private var shared = SharedScales()
  private var plan: QuantizationPlan

  /// - Parameters:
  ///   - nodeTypes: the activation type of each node, nil for those that stay float.
  ///   - inputType: the type of the graph's float inputs; nil where they stay float.
  ///   - variables: nodes that read and write each resource variable.
  ///   - statistics: by value.
  init(
    _ joined: JoinedGraph, nodeTypes: [ElementType?], inputType: ElementType?, variables: [[NodeID]],
    statistics: [ValueStatistics], method: RangeMethod
  ) {
    let graph = joined.graph
    self.variables = variables
    self.graph = graph
    loops = joined.loops
    self.statistics = statistics
    self.nodeTypes = nodeTypes
    search = method
    var homes = [ElementType?](repeating: nil, count: graph.values.count)
    for input in graph.inputs.compactMap(\.self) where graph[input].elementType == .float32 {
      homes[input.index] = inputType
    }
    for (node, type) in zip(graph.nodes, nodeTypes) {
      for output in node.outputs where graph[output].elementType == .float32 { homes[output.index] = type }
    }
    self.homes = homes
    plan = QuantizationPlan(nodeTypes: nodeTypes, homes: homes)
  }

  /// - Parameter outputType: the type of the graph's float outputs; nil where they are float.
  mutating func makePlan(outputType: ElementType?) -> QuantizationPlan {
    for (index, home) in homes.enumerated() {
      if let home { _ = shared.number(of: .init(value: ValueID(index), type: home)) }
    }
    for output in graph.outputs.compactMap(\.self) where graph[output].elementType == .float32 {
      if let outputType { _ = shared.number(of: .init(value: output, type: outputType)) }
    }
    for index in nodeTypes.indices { addSlots(NodeID(index)) }
    variableMembers = variables.map { shareVariable($0) }
    for loop in loops { shareLoop(loop) }
    for sharing in [QuantizationRule.Sharing.passage, .inputs, .all] {
      for index in nodeTypes.indices { share(NodeID(index), if: sharing) }
    }
    setParameters()
    return plan
  }

  private func rule(_ id: NodeID) -> QuantizationRule? {
    nodeTypes[id.index] == nil ? nil : graph[id].passFacts?.quantizationRule
  }

  /// Inputs of a node that are activations: float, and neither weights nor state.
  private func activations(_ id: NodeID) -> [(position: Int, value: ValueID)] {
    let weights: [Int] =
      switch graph[id].passFacts?.weights ?? WeightsFact.none {
      case .layer(let layer): [layer.filter, layer.bias]
      case .recurrent(let operands): Array(operands.own)
      case .untouched, .none: []
      }
    return graph[id].inputs.enumerated().compactMap { position, value in
      guard let value, graph[value].elementType == .float32, !weights.contains(position) else { return nil }
      return (position, value)
    }
  }

  private mutating func addSlots(_ id: NodeID) {
    guard let type = nodeTypes[id.index], let rule = rule(id) else { return }
    for (position, value) in activations(id) {
      guard graph[value].isConstant else {
        _ = shared.number(of: .init(value: value, type: type))
        continue
      }
      if rule.sharing == .none { setConstant(.init(node: id, position: position), value, type) }
    }
    // Its integer kernel leaves RELU to a zero point at the lowest number.
    if graph[id].passFacts?.recurrence?.kind == .svdf,
      graph[id].attributes.integer("fused_activation_function") == 1
    {
      for output in graph[id].outputs { shared.isolate(shared.number(of: .init(value: output, type: type))) }
    }
    guard let fixed = rule.fixedOutput.parameters(type) else { return }
    for output in graph[id].outputs where graph[output].elementType == .float32 {
      shared.fix(shared.number(of: .init(value: output, type: type)), fixed)
    }
  }

  private mutating func setConstant(
    _ operand: QuantizationPlan.Operand, _ value: ValueID, _ type: ElementType
  ) {
    plan.set(AffineParameters(type, covering: constantRange(value)), for: operand)
  }

  private func constantRange(_ value: ValueID) -> ClosedRange<Float> {
    let elements = graph[value].data.elements(Float.self)
    guard let least = elements.min(), let largest = elements.max(), least.isFinite, largest.isFinite else {
      return 0...0
    }
    return least...largest
  }

  private mutating func share(_ id: NodeID, if sharing: QuantizationRule.Sharing) {
    guard let type = nodeTypes[id.index], let rule = rule(id), rule.sharing == sharing else { return }
    let outputs =
      sharing == .inputs ? [] : graph[id].outputs.filter { graph[$0].elementType == .float32 }
    let inputs = activations(id)
    let members =
      outputs.map { (nil as Int?, $0) }
      + inputs.filter { !graph[$0.value].isConstant }.map { ($0.position, $0.value) }
    guard let first = members.first else { return }
    let start = shared.number(of: .init(value: first.1, type: type))
    let numbers = members.map { shared.number(of: .init(value: $0.1, type: type)) }
    let kinds = Set(numbers.dropFirst(outputs.isEmpty ? 0 : 1).map { shared.fixedParameters($0) })
    for (member, number) in zip(members, numbers) {
      let isFree = sharing == .passage || kinds.count == 1 || shared.fixedParameters(number) == nil
      if isFree && shared.canUnite(start, number) {
        shared.unite(start, number)
      } else if let position = member.0 {
        detached.append((.init(node: id, position: position), start))
      }
    }
    for (position, value) in inputs where graph[value].isConstant {
      shared.add(.init(node: id, position: position), value, to: start)
    }
  }

  /// Unites what is read from a variable and written to it.
  ///
  /// - Returns: the number of a member; nil where the variable stays float.
  private mutating func shareVariable(_ nodes: [NodeID]) -> Int? {
    guard let type = nodes.first.flatMap({ nodeTypes[$0.index] }) else { return nil }
    let members = nodes.compactMap { id in VariableUses.value(of: graph[id]).map { (node: id, value: $0) } }
      .filter { graph[$0.value].elementType == .float32 }
    guard let first = members.first(where: { !graph[$0.value].isConstant }) else { return nil }
    let start = shared.number(of: .init(value: first.value, type: type))
    for (node, value) in members {
      join(.init(node: node, position: 1), value, type, with: start)
    }
    return start
  }

  /// Unites an operand with a set, or notes that it takes the set's parameters and not its value's.
  private mutating func join(
    _ operand: QuantizationPlan.Operand, _ value: ValueID, _ type: ElementType, with start: Int
  ) {
    guard !graph[value].isConstant else { return shared.add(operand, value, to: start) }
    let number = shared.number(of: .init(value: value, type: type))
    if shared.canUnite(start, number) {
      shared.unite(start, number)
    } else {
      detached.append((operand, start))
    }
  }

  /// Unites by position what a loop takes, what its graphs take and give, and what comes out.
  private mutating func shareLoop(_ loop: JoinedGraph.Loop) {
    guard let type = nodeTypes[loop.node.index] else { return }
    for (position, result) in graph[loop.node].outputs.enumerated()
    where graph[result].elementType == .float32 {
      let start = shared.number(of: .init(value: result, type: type))
      for end in [loop.bodyEnd, loop.conditionEnd] {
        shared.unite(start, shared.number(of: .init(value: graph[end].outputs[position], type: type)))
      }
      for node in [loop.node, loop.bodyEnd] {
        guard let value = graph[node].inputs[position] else { continue }
        join(.init(node: node, position: position), value, type, with: start)
      }
    }
  }

  /// Operands that take their node's quantization and not their value's, and a member of the node's set.
  private var detached: [(operand: QuantizationPlan.Operand, member: Int)] = []

  private mutating func setParameters() {
    var members = [[Int]](repeating: [], count: shared.slots.count)
    for number in shared.slots.indices { members[shared.root(number)].append(number) }
    var found = [AffineParameters?](repeating: nil, count: shared.slots.count)
    for root in shared.slots.indices where !members[root].isEmpty {
      found[root] =
        shared.fixedParameters(root)
        ?? AffineParameters(shared.slots[root].type, covering: range(of: members[root], root))
    }
    raiseScales(&found)
    for (root, parameters) in found.enumerated() {
      guard let parameters else { continue }
      for number in members[root] { plan.set(parameters, for: shared.slots[number]) }
    }
    plan.variables = variableMembers.map { $0.flatMap { found[shared.root($0)] } }
    for (member, operand, _) in shared.constants {
      if let parameters = found[shared.root(member)] { plan.set(parameters, for: operand) }
    }
    for (operand, member) in detached {
      if let parameters = found[shared.root(member)] { plan.set(parameters, for: operand) }
    }
  }

  /// Raises scales to where kernels can compute with them, operator by operator; those that share one follow.
  private mutating func raiseScales(_ found: inout [AffineParameters?]) {
    let floor = OutputScaleFloor(graph: graph)
    for (index, type) in nodeTypes.enumerated() {
      let id = NodeID(index)
      guard let type, let output = graph[id].outputs.first, graph[output].elementType == .float32 else {
        continue
      }
      func root(_ value: ValueID) -> Int? {
        shared.known(.init(value: value, type: type)).map(shared.root)
      }
      guard let own = root(output), shared.fixedParameters(own) == nil, let parameters = found[own] else {
        continue
      }
      let least = floor.least(of: id, type) { position in
        guard let value = graph[id].inputs[position], graph[value].elementType == .float32 else { return nil }
        if let constant = plan.parameters(of: .init(node: id, position: position)) {
          return Double(constant.scale)
        }
        guard let other = root(value), other != own, !graph[value].isConstant else { return nil }
        return found[other].map { Double($0.scale) }
      }
      if let least, Double(parameters.scale) < least { found[own] = parameters.coarser(Float(least)) }
    }
  }

  /// The range of a set's values and constants.
  private func range(of members: [Int], _ root: Int) -> ClosedRange<Float> {
    let slots = members.map { shared.slots[$0] }
    var seen = slots.map { slot in
      // A constant is no activation that calibration sees, but may be an output or carried by a loop.
      let own = graph[slot.value].isConstant ? numbers(of: slot.value) : statistics[slot.value.index]
      return saturation(slot.value).map { own.clamped(to: $0) } ?? own
    }
    for (member, _, value) in shared.constants where shared.root(member) == root {
      seen.append(numbers(of: value))
    }
    return RangeSearch(elementType: slots[0].type, method: search).range(seen)
  }

  private func numbers(of constant: ValueID) -> ValueStatistics {
    var numbers = ValueStatistics(channels: 0)
    numbers.add(graph[constant].data.elements(Float.self).filter(\.isFinite), keeping: 64, from: 0)
    return numbers
  }

  /// Beyond which numbers no consumer of a value tells them apart; nil without bounds.
  private func saturation(_ value: ValueID) -> ClosedRange<Float>? {
    guard !graph.outputs.contains(value) else { return nil }
    var limit: ClosedRange<Float>?
    for (index, node) in graph.nodes.enumerated() where node.inputs.contains(value) {
      guard nodeTypes[index] != nil, let own = node.passFacts?.quantizationRule?.saturation else {
        return nil
      }
      limit = limit.map { min($0.lowerBound, own.lowerBound)...max($0.upperBound, own.upperBound) } ?? own
    }
    return limit
  }
}
