import GraphIR
import Operators
import Runtimes
import Tensors

/// A constant that is smaller when it is coded.
struct CompressionCandidate {
  let graph: GraphID
  let value: ValueID
  var coded: CodedConstant
  /// Bytes of tables and values in the file: less than all where others use the same.
  var ancillaryBytes: Int
  /// Bytes of the tensor.
  let byteCount: Int
  /// Nodes that read it, each once.
  let readers: [NodeID]

  /// Bytes of a file that a DECODE takes besides its operands' data: two tensors, a node, the lists of both.
  static let tableBytes = 200

  /// The first operator that reads it.
  func place(in model: Model) -> String {
    readers.first.map { model.graphs[graph.index].title(of: $0) } ?? "model"
  }

  /// Bytes by which the file becomes smaller, about.
  var savedBytes: Int {
    byteCount - coded.encoded.count - ancillaryBytes - Self.tableBytes * readers.count
  }
}

/// The constants of a model that are worth coding, and why others are not.
struct CompressionCandidates {
  private(set) var all: [CompressionCandidate] = []
  let method: CompressionMethod
  let library: KernelLibrary

  /// Bytes below which nothing is said of a constant: no coding pays.
  static let leastBytes = 256

  init(_ model: Model, _ method: CompressionMethod, library: KernelLibrary, log: inout PassLog) {
    (self.method, self.library) = (method, library)
    let uses = model.graphs.flatMap(\.values).filter(\.isConstant)
      .reduce(into: [ObjectIdentifier: Int]()) { $0[ObjectIdentifier($1.data), default: 0] += 1 }
    for index in model.graphs.indices { collect(GraphID(index), of: model, uses, &log) }
    if method == .huffman || method == .auto { SharedTables.share(&all, in: model) }
    for candidate in all where candidate.savedBytes <= 0 {
      log.refused(
        CompressWeights.name, candidate.place(in: model),
        "\(method.rawValue) saves nothing of its \(candidate.byteCount) bytes")
    }
    all.removeAll { $0.savedBytes <= 0 }
  }

  private mutating func collect(
    _ id: GraphID, of model: Model, _ uses: [ObjectIdentifier: Int], _ log: inout PassLog
  ) {
    let graph = model.graphs[id.index]
    var readers: [ValueID: [(node: NodeID, position: Int)]] = [:]
    for (index, node) in graph.nodes.enumerated() {
      for (position, value) in node.inputs.enumerated() {
        if let value { readers[value, default: []].append((NodeID(index), position)) }
      }
    }
    let ports = model.seenValues(of: id)
    for index in graph.values.indices {
      let value = ValueID(index)
      guard let uses = uses[ObjectIdentifier(graph[value].data)], let first = readers[value]?.first,
        graph[value].byteCount >= Self.leastBytes, let all = readers[value],
        all.contains(where: { CodableOperands.contains($0.position, of: graph[$0.node].code) })
      else { continue }
      let place = "\(graph.title(of: first.node))"
      if let reason = refusal(of: value, in: graph, all, uses, ports) {
        log.refused(CompressWeights.name, place, reason)
      } else if let candidate = candidate(id, value, graph, all.map(\.node)) {
        self.all.append(candidate)
      } else {
        log.refused(
          CompressWeights.name, place,
          "\(method.rawValue) saves nothing of its \(graph[value].byteCount) bytes")
      }
    }
  }

  private func candidate(
    _ id: GraphID, _ value: ValueID, _ graph: Graph, _ readers: [NodeID]
  ) -> CompressionCandidate? {
    method.code(graph[value]).map { coded in
      CompressionCandidate(
        graph: id, value: value, coded: coded, ancillaryBytes: coded.ancillary.count,
        byteCount: graph[value].byteCount, readers: Set(readers).sorted())
    }
  }

  /// Why a constant stays as it is, as a sentence; nil where it may be coded.
  private func refusal(
    of id: ValueID, in graph: Graph, _ readers: [(node: NodeID, position: Int)], _ uses: Int,
    _ ports: Set<ValueID>
  ) -> String? {
    let value = graph[id]
    if ports.contains(id) { return "its weights are a port of the model" }
    if value.isVariable { return "its weights are state" }
    if value.attachments.sparsity != nil { return "its weights are stored in TensorFlow Lite's sparse form" }
    if uses > 1 { return "another tensor has the same bytes, which would stay in the file" }
    for (node, position) in readers {
      let code = graph[node].code
      guard CodableOperands.contains(position, of: code) else {
        return "\(graph.title(of: node)) reads the same tensor, as an operand that is not decoded"
      }
      if let reason = CodableOperands.refusal(of: code, by: library) { return reason }
    }
    return nil
  }
}

extension Model {
  /// Values of a graph that are seen from outside: its inputs and outputs, and what signatures name.
  fileprivate func seenValues(of id: GraphID) -> Set<ValueID> {
    let graph = graphs[id.index]
    var seen = Set((graph.inputs + graph.outputs).compactMap(\.self))
    for signature in signatures ?? [] where signature.graph == id {
      for binding in (signature.inputs ?? []) + (signature.outputs ?? []) { seen.insert(binding.value) }
    }
    return seen
  }
}
