internal import GraphIR
internal import Tensors

/// One FlatBuffer in the making, and the data that will stand behind it.
struct ModelPart {
  typealias Offset = FlatBufferBuilder.Offset

  let writer: ModelWriter
  let builder = FlatBufferBuilder()
  var appended: AppendedData

  var model: Model { writer.model }
  var encoder: RecordEncoder { RecordEncoder(builder: builder) }

  init(writer: ModelWriter, appended: AppendedData) {
    self.writer = writer
    self.appended = appended
  }

  /// Builds everything; buffers come first and so stand last in the file.
  mutating func root() throws(ModelFileError) -> Offset {
    var buffers: [Offset] = []
    for data in writer.buffers.buffers { buffers.append(buffer(data)) }
    var graphs: [Offset] = []
    for (index, graph) in model.graphs.enumerated() { graphs.append(try subgraph(graph, index: index)) }
    let codes = writer.codes.codes.map(operatorCode)
    let groups = try records(model.externalBufferGroups)
    let externalBuffers = try records(model.externalBuffers)

    var root = TableDraft<ModelField>()
    root.add(.version, model.version)
    root.add(.operatorCodes, builder.offsets(codes))
    root.add(.subgraphs, builder.offsets(graphs))
    root.add(.description, model.description.map(builder.string))
    root.add(.buffers, builder.offsets(buffers))
    root.add(.metadataBuffer, metadataBuffers())
    root.add(.metadata, metadata())
    root.add(.signatureDefs, signatures())
    root.add(.externalBufferGroups, groups)
    root.add(.externalBuffers, externalBuffers)
    return builder.table(root)
  }

  private func operatorCode(_ code: OperatorCode) -> Offset {
    let customName = code.customName.map(builder.string)
    var table = TableDraft<OperatorCodeField>()
    // Readers from before the wide field look only at the narrow one.
    table.add(.deprecatedBuiltinCode, Int8(clamping: code.builtin.rawValue))
    table.add(.customCode, customName)
    table.add(.version, code.version, default: 1)
    if code.isWide { table.add(.builtinCode, code.builtin.rawValue) }
    return builder.table(table)
  }

  private mutating func buffer(_ data: TensorData) -> Offset {
    var table = TableDraft<BufferField>()
    switch data.location {
    case .absent where data.isEmpty: break
    case .appended where !writer.putsDataInside:
      table.add(.offset, appended.place(data.bytes))
      table.add(.size, UInt64(data.byteCount))
    case .inside, .absent, .appended: table.add(.data, builder.vector(data.bytes, alignment: 16))
    }
    return builder.table(table)
  }

  private func metadataBuffers() -> Offset? {
    model.metadataBuffers.map { list in
      builder.vector(list.map { Int32(writer.buffers.index(of: $0)) })
    }
  }

  private func metadata() -> Offset? {
    model.metadata.map { entries in
      builder.offsets(
        entries.map { entry in
          var table = TableDraft<MetadataField>()
          table.add(.name, entry.name.map(builder.string))
          table.add(.buffer, UInt32(writer.buffers.index(of: entry.data)))
          return builder.table(table)
        })
    }
  }

  private func signatures() -> Offset? {
    model.signatures.map { signatures in
      builder.offsets(
        signatures.map { signature in
          var table = TableDraft<SignatureField>()
          table.add(.inputs, bindings(signature.inputs))
          table.add(.outputs, bindings(signature.outputs))
          table.add(.signatureKey, signature.key.map(builder.string))
          table.add(.deprecatedTag, signature.deprecatedTag.map(builder.string))
          table.add(.subgraphIndex, UInt32(clamping: signature.graph.index))
          return builder.table(table)
        })
    }
  }

  private func bindings(_ bindings: [Model.Signature.Binding]?) -> Offset? {
    bindings.map { bindings in
      builder.offsets(
        bindings.map { binding in
          var table = TableDraft<TensorMapField>()
          table.add(.name, binding.name.map(builder.string))
          table.add(.tensorIndex, UInt32(clamping: binding.value.index))
          return builder.table(table)
        })
    }
  }

  private func records(_ records: [Record]?) throws(ModelFileError) -> Offset? {
    guard let records else { return nil }
    do throws(RecordEncoder.Mismatch) {
      return try encoder.tables(records)
    } catch {
      throw writer.error(.model, error.problem)
    }
  }
}
