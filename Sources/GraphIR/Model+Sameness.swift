import Tensors

extension Model {
  /// Whether a file of the other model has the same bytes: all parts are equal, and the same ones share data.
  package func isSame(as other: Model) -> Bool {
    guard description == other.description, version == other.version, signatures == other.signatures,
      externalBufferGroups == other.externalBufferGroups, externalBuffers == other.externalBuffers,
      operatorCodes == other.operatorCodes, appendix == other.appendix, unknownParts == other.unknownParts,
      graphs.count == other.graphs.count, metadata?.map(\.name) == other.metadata?.map(\.name)
    else { return false }
    guard zip(graphs, other.graphs).allSatisfy({ $0.isSame(as: $1) }) else { return false }
    return Self.areShared(data, other.data, buffers.count, other.buffers.count)
      && metadataBuffers?.count == other.metadataBuffers?.count
  }

  /// All data in a fixed order: the table of buffers first.
  private var data: [TensorData] {
    var data = buffers
    data += (metadata ?? []).map(\.data)
    data += metadataBuffers ?? []
    for graph in graphs { data += graph.values.map(\.data) }
    return data
  }

  /// Whether two lists hold equal bytes, the same objects at the same places.
  private static func areShared(
    _ left: [TensorData], _ right: [TensorData], _ leftCount: Int, _ rightCount: Int
  ) -> Bool {
    guard left.count == right.count, leftCount == rightCount else { return false }
    var forward: [ObjectIdentifier: ObjectIdentifier] = [:]
    var back: [ObjectIdentifier: ObjectIdentifier] = [:]
    for (left, right) in zip(left, right) {
      let (first, second) = (ObjectIdentifier(left), ObjectIdentifier(right))
      if let known = forward[first] {
        guard known == second else { return false }
        continue
      }
      guard back[second] == nil, left.location == right.location,
        first == second || left.bytes == right.bytes
      else { return false }
      forward[first] = second
      back[second] = first
    }
    return true
  }
}

extension Graph {
  fileprivate func isSame(as other: Graph) -> Bool {
    name == other.name && debugMetadataIndex == other.debugMetadataIndex && inputs == other.inputs
      && outputs == other.outputs && omittedLists == other.omittedLists && nodes == other.nodes
      && values.count == other.values.count
      && zip(values, other.values).allSatisfy { $0.isSame(as: $1) }
  }
}

extension Value {
  /// Whether two values are equal but for their data.
  fileprivate func isSame(as other: Value) -> Bool {
    name == other.name && dimensions == other.dimensions && shapeSignature == other.shapeSignature
      && elementType == other.elementType && quantization == other.quantization
      && isVariable == other.isVariable && attachments == other.attachments
  }
}
