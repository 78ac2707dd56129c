internal import CTFLite

/// Builds a FlatBuffer from its leaves to its root; what is built first stands last in the file.
@safe final class FlatBufferBuilder {
  private let builder: OpaquePointer?

  /// Where something that is built stands, for its parents.
  struct Offset {
    fileprivate let rawValue: UInt32
  }

  /// A field that a table stores.
  enum Entry {
    case scalar(slot: Int, bits: UInt64, size: Int)
    case offset(slot: Int, Offset)
  }

  init() { unsafe builder = ctf_builder_create() }

  deinit { unsafe ctf_builder_destroy(builder) }

  /// Equal texts share one place.
  func string(_ text: String) -> Offset {
    let bytes = ByteText.bytes(of: text).map { CChar(bitPattern: $0) }
    return unsafe Offset(rawValue: ctf_string(builder, bytes, bytes.count))
  }

  /// - Parameter alignment: Of the first element, in bytes from the file's start.
  func vector<Element: BitwiseCopyable>(
    _ elements: some Collection<Element>, alignment: Int = 1
  ) -> Offset {
    let contiguous = elements.withContiguousStorageIfAvailable { unsafe vector($0, alignment) }
    return contiguous ?? vector(ContiguousArray(elements), alignment: alignment)
  }

  private func vector<Element: BitwiseCopyable>(
    _ elements: UnsafeBufferPointer<Element>, _ alignment: Int
  ) -> Offset {
    unsafe Offset(
      rawValue: ctf_vector(
        builder, elements.baseAddress, elements.count, MemoryLayout<Element>.stride, alignment))
  }

  func offsets(_ offsets: [Offset]) -> Offset {
    let numbers = offsets.map(\.rawValue)
    return unsafe Offset(rawValue: ctf_offsets(builder, numbers, numbers.count))
  }

  /// A table; wide fields come first, so that little padding is needed.
  func table(_ entries: [Entry]) -> Offset {
    unsafe ctf_start_table(builder)
    for entry in entries.sorted(by: { ($0.size, $0.slot) > ($1.size, $1.slot) }) {
      switch entry {
      case .scalar(let slot, let bits, let size):
        unsafe ctf_add_scalar(builder, UInt16(slot), bits, size)
      case .offset(let slot, let offset):
        unsafe ctf_add_offset(builder, UInt16(slot), offset.rawValue)
      }
    }
    return unsafe Offset(rawValue: ctf_end_table(builder))
  }

  func table<Field>(_ draft: TableDraft<Field>) -> Offset { table(draft.entries) }

  /// The whole file; nil where it would be larger than the format can address (2 GiB).
  func finish(root: Offset) -> [UInt8]? {
    guard unsafe ctf_finish(builder, root.rawValue) else { return nil }
    var count = 0
    let start = unsafe ctf_finished_bytes(builder, &count)
    return unsafe Array(UnsafeBufferPointer(start: start, count: count))
  }
}

extension FlatBufferBuilder.Entry {
  fileprivate var slot: Int {
    switch self {
    case .scalar(let slot, _, _), .offset(let slot, _): slot
    }
  }

  fileprivate var size: Int {
    switch self {
    case .scalar(_, _, let size): size
    case .offset: 4
    }
  }
}
