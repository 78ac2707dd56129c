internal import GraphIR
internal import Tensors

/// Turns the bytes of a file into a `Model`; every index that the file stores is checked on the way.
struct ModelReader {
  let buffer: FlatBuffer
  private let extent: Int

  var state: ReadingState { buffer.state }

  init(bytes: [UInt8], file: String) throws(ModelFileError) {
    extent = try Verification.extent(of: bytes, file: file)
    buffer = FlatBuffer(bytes: bytes, state: ReadingState(file: file, byteCount: bytes.count))
  }

  /// Where reading fails in a file that the verifier has refused, if that can be told.
  static func placeOfDamage(in bytes: [UInt8], file: String) -> ModelPlace? {
    let state = ReadingState(file: file, byteCount: 0)
    let reader = ModelReader(buffer: FlatBuffer(bytes: bytes, state: state), extent: bytes.count)
    do throws(ModelFileError) {
      _ = try reader.read()
      return nil
    } catch {
      return state.place == .model ? nil : state.place
    }
  }

  private init(buffer: FlatBuffer, extent: Int) {
    self.buffer = buffer
    self.extent = extent
  }

  func read() throws(ModelFileError) -> Model {
    let root = try TypedTable<ModelField>(buffer.root(), in: buffer)
    let version: UInt32 = try root.integer(.version, default: 0)
    guard version == 3 else {
      throw state.invalid("schema version \(version); only version 3 is supported")
    }
    let operatorCodes = try operatorCodes(root)
    let buffers = try buffers(root)
    let graphReader = GraphReader(buffer: buffer, operatorCodes: operatorCodes, buffers: buffers)
    let graphs = try graphReader.graphs(root)
    state.place = .model
    let parts = (
      description: try root.string(.description), metadata: try metadata(root, buffers: buffers),
      signatures: try signatures(root, graphs: graphs),
      metadataBuffers: try metadataBuffers(root, buffers: buffers),
      externalBufferGroups: try records(.externalBufferGroups, "ExternalBufferGroup", of: root),
      externalBuffers: try records(.externalBuffers, "ExternalBuffer", of: root)
    )
    var model = Model(
      graphs: graphs, description: parts.description, version: version, metadata: parts.metadata,
      signatures: parts.signatures, metadataBuffers: parts.metadataBuffers,
      externalBufferGroups: parts.externalBufferGroups, externalBuffers: parts.externalBuffers,
      operatorCodes: operatorCodes, buffers: buffers,
      appendix: Appendix.bytes(of: self.buffer.bytes, from: max(extent, state.appendedEnd)),
      unknownParts: state.unknownParts)
    model.remarks = remarks(on: model)
    model.sourceByteCount = self.buffer.bytes.count
    return model
  }

  /// What is unusual about the file and no error.
  private func remarks(on model: Model) -> [String] {
    var remarks: [String] = []
    if !Verification.hasIdentifier(buffer.bytes) {
      remarks.append("bytes 4 to 7 are not TFL3: TFLM does not ask for it, other runtimes refuse the file")
    }
    let count = model.appendedValues.count
    if count > 0 {
      remarks.append(
        "the data of \(count.counted("tensor")) stand after the FlatBuffer (Buffer.offset), where TFLM does not look; files that nnopt writes hold them inside"
      )
    }
    return remarks
  }

  private func operatorCodes(
    _ root: TypedTable<ModelField>
  ) throws(ModelFileError) -> [OperatorCode] {
    var codes: [OperatorCode] = []
    for (index, table) in (try root.tables(.operatorCodes) ?? []).enumerated() {
      state.place = .operatorCode(index)
      let code = try TypedTable<OperatorCodeField>(table, in: buffer)
      let old = Int32(try code.integer(.deprecatedBuiltinCode, default: Int8(0)))
      let wide = try code.integer(.builtinCode, default: Int32(0))
      let builtin = max(old, wide)
      guard builtin >= 0 else { throw state.invalid("the code \(builtin) is negative") }
      codes.append(
        OperatorCode(
          BuiltinOperator(rawValue: builtin), customName: try code.string(.customCode),
          version: try code.integer(.version, default: 1), isWide: wide == builtin))
    }
    return codes
  }

  private func buffers(_ root: TypedTable<ModelField>) throws(ModelFileError) -> [TensorData] {
    var buffers: [TensorData] = []
    for (index, table) in (try root.tables(.buffers) ?? []).enumerated() {
      state.place = .buffer(index)
      let data = try data(TypedTable<BufferField>(table, in: buffer))
      let isSentinel = index == 0 && data == nil
      buffers.append(isSentinel ? .none : data ?? TensorData([], location: .absent))
    }
    return buffers
  }

  /// The bytes of a buffer, inside the FlatBuffer or behind it; nil where there are none.
  private func data(_ table: TypedTable<BufferField>) throws(ModelFileError) -> TensorData? {
    if let range = try table.byteRange(.data) { return TensorData(buffer.bytes[range]) }
    let offset: UInt64 = try table.integer(.offset, default: 0)
    let size: UInt64 = try table.integer(.size, default: 0)
    // Converters store 1 for "to be filled in"; runtimes take it for "none".
    guard offset > 1, size > 0 else { return nil }
    return TensorData(try buffer.appendedBytes(offset: offset, size: size), location: .appended)
  }

  private func records(
    _ field: ModelField, _ typeName: String, of root: TypedTable<ModelField>
  ) throws(ModelFileError) -> [Record]? {
    guard let type = Schema.current[typeName] else { return nil }
    return try buffer.records(field.rawValue, in: root.table, type: type)
  }
}
