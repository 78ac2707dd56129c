import Tensors

/// A naive judge of models, apart from everything that changes them.
///
/// It knows the format's rules and no operator's: indices, order, single producers, arity, shapes, bytes
/// of constants, calls.
package struct GraphVerifier: Sendable {
  /// Whether a constant may hold more bytes than its shape needs, as some files have it.
  package let allowsLongConstants: Bool

  package init(allowsLongConstants: Bool = false) { self.allowsLongConstants = allowsLongConstants }

  /// Something that breaks a rule.
  package struct Problem: Error, Equatable, Sendable, CustomStringConvertible {
    /// Where in the model, such as `subgraph 0, operator 12 (CONV_2D)`.
    package let place: String
    /// What is wrong, without a full stop.
    package let reason: String

    package init(place: String, reason: String) {
      self.place = place
      self.reason = reason
    }

    package var description: String { "\(place): \(reason)" }
  }

  /// The first problem of a model, graph by graph: values, ports, nodes; then the signatures.
  package func firstProblem(in model: Model) -> Problem? {
    if model.graphs.isEmpty { return Problem(place: "model", reason: "there is no subgraph") }
    for (index, graph) in model.graphs.enumerated() {
      let place = "subgraph \(index)"
      if let problem = valueProblem(graph, place) ?? portProblem(graph, place)
        ?? nodeProblem(graph, graphCount: model.graphs.count, place)
      {
        return problem
      }
    }
    return signatureProblem(model)
  }

  /// - Throws: the first problem.
  package func verify(_ model: Model) throws(Problem) {
    if let problem = firstProblem(in: model) { throw problem }
  }

  private func valueProblem(_ graph: Graph, _ place: String) -> Problem? {
    for (index, value) in graph.values.enumerated() {
      let place = "\(place), tensor \(index)" + (value.name.map { " '\($0)'" } ?? "")
      guard let shape = value.shape else {
        return Problem(place: place, reason: "its shape \(value.dimensions ?? []) is not representable")
      }
      guard value.elementType.bitWidth != nil else { continue }
      guard let byteCount = value.elementType.byteCount(elementCount: shape.elementCount) else {
        return Problem(place: place, reason: "its shape \(shape) has too many bytes as \(value.elementType)")
      }
      let isDense =
        value.attachments.sparsity == nil && value.elementType != .resource && value.elementType != .variant
      guard isDense, value.isConstant else { continue }
      let isFitting =
        allowsLongConstants ? value.data.byteCount >= byteCount : value.data.byteCount == byteCount
      guard isFitting else {
        return Problem(
          place: place,
          reason:
            "its data have \(value.data.byteCount) bytes; \(shape) as \(value.elementType) has \(byteCount)"
        )
      }
      if let reason = Self.quantizationProblem(value, shape) { return Problem(place: place, reason: reason) }
    }
    return nil
  }

  private static func quantizationProblem(_ value: Value, _ shape: Shape) -> String? {
    guard let quantization = value.quantization, let scales = quantization.scales, scales.count > 1 else {
      return nil
    }
    // TFLM's person_detect names axis 3 for biases, which have one dimension.
    let axis = shape.rank == 1 ? 0 : quantization.axis
    guard shape.rank == 0 || shape.dimensions.indices.contains(axis) && shape[axis] == scales.count else {
      return "\(scales.count) quantization scales do not fit axis \(quantization.axis) of \(shape)"
    }
    let zeroPoints = quantization.zeroPoints?.count ?? 0
    return zeroPoints <= 1 || zeroPoints == scales.count
      ? nil : "\(scales.count) quantization scales, but \(zeroPoints) zero points"
  }

  private func portProblem(_ graph: Graph, _ place: String) -> Problem? {
    for value in (graph.inputs + graph.outputs).compactMap(\.self)
    where !graph.values.indices.contains(value.index) {
      return Problem(
        place: place, reason: "an input or output is tensor \(value.index), which does not exist")
    }
    return nil
  }

  /// Whether every operand exists and is known before it is read, and every result has one producer.
  private func nodeProblem(_ graph: Graph, graphCount: Int, _ place: String) -> Problem? {
    var isWritten = [Bool](repeating: false, count: graph.values.count)
    let written = graph.nodes.flatMap(\.outputs)
    for value in written where graph.values.indices.contains(value.index) { isWritten[value.index] = true }
    var isKnown = graph.values.map { $0.isConstant || $0.isVariable }
    for value in graph.inputs.compactMap(\.self) { isKnown[value.index] = true }
    for (index, node) in graph.nodes.enumerated() {
      let place = "\(place), \(graph.title(of: NodeID(index)))"
      if let reason = arityProblem(node) ?? callProblem(node, graphCount) {
        return Problem(place: place, reason: reason)
      }
      let operands = node.inputs + (node.intermediates ?? []) + node.outputs
      for value in operands.compactMap(\.self) where !graph.values.indices.contains(value.index) {
        return Problem(place: place, reason: "it names tensor \(value.index), which does not exist")
      }
      // A value that nothing writes is memory that starts with zeros, in old files.
      for value in node.inputs.compactMap(\.self) where !isKnown[value.index] && isWritten[value.index] {
        return Problem(place: place, reason: "it reads tensor \(value.index) before it is written")
      }
      for value in node.outputs {
        guard !isKnown[value.index] || graph[value].isVariable else {
          return Problem(
            place: place,
            reason: "it writes tensor \(value.index), which is a constant, an input or written before")
        }
        isKnown[value.index] = true
      }
    }
    return nil
  }

  private func arityProblem(_ node: Node) -> String? {
    guard let arity = OperatorArity(of: node.code.builtin) else { return nil }
    guard arity.inputs.contains(node.inputs.count) else { return "it has \(node.inputs.count) inputs" }
    guard arity.outputs.contains(node.outputs.count) else { return "it has \(node.outputs.count) outputs" }
    return nil
  }

  private func callProblem(_ node: Node, _ graphCount: Int) -> String? {
    node.calledGraphs.first { !(0..<graphCount).contains($0.index) }.map {
      "it calls subgraph \($0.index), which does not exist"
    }
  }

  private func signatureProblem(_ model: Model) -> Problem? {
    for signature in model.signatures ?? [] {
      let place = "signature '\(signature.key ?? "")'"
      guard model.graphs.indices.contains(signature.graph.index) else {
        return Problem(place: place, reason: "its subgraph \(signature.graph.index) does not exist")
      }
      let graph = model.graphs[signature.graph.index]
      for binding in (signature.inputs ?? []) + (signature.outputs ?? [])
      where !graph.values.indices.contains(binding.value.index) {
        return Problem(
          place: place,
          reason: "'\(binding.name ?? "")' is tensor \(binding.value.index), which does not exist")
      }
    }
    return nil
  }
}
