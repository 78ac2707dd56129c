internal import GraphIR
internal import Tensors

extension GraphReader {
  /// One tensor.
  func value(
    _ table: FlatBuffer.Table, index: Int, subgraph: Int
  ) throws(ModelFileError) -> Value {
    let tensor = try TypedTable<TensorField>(table, in: buffer)
    let name = try tensor.string(.name)
    state.place = .tensor(index, subgraph: subgraph, name: name)
    let code: Int8 = try tensor.integer(.type, default: 0)
    guard let elementType = ElementType(rawValue: code) else {
      throw state.invalid("element type \(code) is unknown; the newest known is \(ElementType.newest)")
    }
    let bufferIndex = Int(try tensor.integer(.buffer, default: UInt32(0)))
    guard buffers.indices.contains(bufferIndex) else {
      throw state.invalid("buffer \(bufferIndex) does not exist (the model has \(buffers.count))")
    }
    var attachments = Value.Attachments()
    attachments.hasRank = try tensor.bool(.hasRank)
    attachments.externalBuffer = try tensor.integer(.externalBuffer, default: 0)
    if let type = Schema.current["SparsityParameters"] {
      attachments.sparsity = try buffer.record(TensorField.sparsity.rawValue, in: table, type: type)
    }
    if let type = Schema.current["VariantSubType"] {
      attachments.variantTensors = try buffer.records(
        TensorField.variantTensors.rawValue, in: table, type: type)
    }
    let quantization = try tensor.table(.quantization, as: QuantizationField.self)
    if let quantization { attachments.quantizationDetails = try details(quantization) }
    return Value(
      name: name, dimensions: try tensor.integers(.shape, as: Int32.self),
      shapeSignature: try tensor.integers(.shapeSignature, as: Int32.self), elementType: elementType,
      quantization: try quantization.map(Self.quantization), data: buffers[bufferIndex],
      isVariable: try tensor.bool(.isVariable), attachments: attachments)
  }

  private static func quantization(
    _ table: TypedTable<QuantizationField>
  ) throws(ModelFileError) -> Quantization {
    Quantization(
      min: try table.floats(.min), max: try table.floats(.max), scales: try table.floats(.scale),
      zeroPoints: try table.integers(.zeroPoint, as: Int64.self),
      axis: Int(try table.integer(.quantizedDimension, default: Int32(0))))
  }

  private func details(
    _ table: TypedTable<QuantizationField>
  ) throws(ModelFileError) -> FieldValue? {
    guard let union = Schema.current["QuantizationDetails"] else { return nil }
    let details = try buffer.union(
      QuantizationField.details.rawValue, in: table.table, union: union)
    return details.map { .union(code: $0.code, $0.record) }
  }
}

extension ElementType {
  fileprivate static var newest: String {
    let last = allCases.map(\.rawValue).max().flatMap(ElementType.init)
    return last.map { "\($0.rawValue) (\($0))" } ?? ""
  }
}
