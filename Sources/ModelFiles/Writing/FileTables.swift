internal import GraphIR
internal import Tensors

/// The file's list of operator codes: the model's order, then what its nodes use besides.
struct OperatorCodeTable {
  private(set) var codes: [OperatorCode] = []
  private var indexByCode: [OperatorCode: Int] = [:]

  init(_ model: Model) {
    codes = model.operatorCodes
    for (index, code) in codes.enumerated() where indexByCode[code] == nil { indexByCode[code] = index }
    for code in model.graphs.lazy.flatMap(\.nodes).map(\.code) where indexByCode[code] == nil {
      indexByCode[code] = codes.count
      codes.append(code)
    }
  }

  /// The index that a node was read with, as long as it means the node's code.
  func index(of node: Node) -> UInt32 {
    if let index = node.codeIndex, codes.indices.contains(index), codes[index] == node.code {
      return UInt32(index)
    }
    return UInt32(indexByCode[node.code] ?? 0)
  }
}

/// The file's list of buffers: the model's order, then what is used besides.
///
/// Buffers are told apart by identity, so that those which are shared stay shared.
struct BufferTable {
  private(set) var buffers: [TensorData]
  private var indexByIdentity: [ObjectIdentifier: Int] = [:]

  init(_ model: Model) {
    // Runtimes take buffer 0 for "no data".
    buffers = model.buffers.isEmpty ? [.none] : model.buffers
    for (index, buffer) in buffers.enumerated() where indexByIdentity[ObjectIdentifier(buffer)] == nil {
      indexByIdentity[ObjectIdentifier(buffer)] = index
    }
    if indexByIdentity[ObjectIdentifier(TensorData.none)] == nil {
      indexByIdentity[ObjectIdentifier(TensorData.none)] = buffers.firstIndex { $0.location == .absent }
    }
    for value in model.graphs.lazy.flatMap(\.values) { add(value.data) }
    for entry in model.metadata ?? [] { add(entry.data) }
    for data in model.metadataBuffers ?? [] { add(data) }
  }

  func index(of data: TensorData) -> Int { indexByIdentity[ObjectIdentifier(data)] ?? 0 }

  private mutating func add(_ data: TensorData) {
    guard indexByIdentity[ObjectIdentifier(data)] == nil else { return }
    indexByIdentity[ObjectIdentifier(data)] = buffers.count
    buffers.append(data)
  }
}

/// Data that stand behind the FlatBuffer and are found by their offset from the file's start.
struct AppendedData {
  static let alignment = 16

  /// Where the first data stand; a multiple of `alignment`.
  let base: Int
  private(set) var bytes: [UInt8] = []
  private var offsets: [HashedBytes: Int] = [:]

  init(base: Int) { self.base = base }

  /// - Returns: The data's offset; equal data share one.
  mutating func place(_ data: ArraySlice<UInt8>) -> UInt64 {
    let key = HashedBytes(data)
    if let offset = offsets[key] { return UInt64(offset) }
    bytes.padToBoundary(Self.alignment)
    let offset = base + bytes.count
    offsets[key] = offset
    bytes += data
    return UInt64(offset)
  }
}

extension [UInt8] {
  /// Appends zeros up to a multiple of `alignment`.
  mutating func padToBoundary(_ alignment: Int) {
    append(contentsOf: repeatElement(0, count: (alignment - count % alignment) % alignment))
  }
}
