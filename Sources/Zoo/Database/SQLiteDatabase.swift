import CSQLite

/// A connection to an SQLite database file, for one thread at a time.
@safe
final class SQLiteDatabase {
  let path: String
  private let handle: OpaquePointer

  /// Opens a database, or makes an empty one.
  ///
  /// - Throws: `ZooError.database`.
  init(_ path: String, isReadOnly: Bool = false) throws(ZooError) {
    self.path = path
    var handle: OpaquePointer?
    let flags = isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    let code = unsafe sqlite3_open_v2(path, &handle, flags, nil)
    guard let handle = unsafe handle else { throw .database(file: path, reason: "there is no memory") }
    unsafe self.handle = handle
    if code != SQLITE_OK {
      let reason = unsafe Self.reason(code, handle)
      unsafe sqlite3_close(handle)
      throw .database(file: path, reason: reason)
    }
    unsafe sqlite3_busy_timeout(handle, 10_000)
  }

  deinit { unsafe sqlite3_close(handle) }

  /// Runs statements that have no results.
  func execute(_ statements: String) throws(ZooError) {
    let code = unsafe sqlite3_exec(handle, statements, nil, nil, nil)
    guard code == SQLITE_OK else { throw failure(code) }
  }

  /// Runs a statement with values for its question marks.
  func run(_ statement: String, _ values: [SQLiteValue]) throws(ZooError) {
    try rows(statement, values) { _ in }
  }

  /// All rows of a query.
  func rows(_ query: String, _ values: [SQLiteValue] = []) throws(ZooError) -> [[SQLiteValue]] {
    var result: [[SQLiteValue]] = []
    try rows(query, values) { result.append($0) }
    return result
  }

  /// Hands over the rows of a query one by one.
  func rows(
    _ query: String, _ values: [SQLiteValue], _ body: ([SQLiteValue]) -> Void
  ) throws(ZooError) {
    var statement: OpaquePointer?
    let code = unsafe sqlite3_prepare_v2(handle, query, -1, &statement, nil)
    guard code == SQLITE_OK, let statement = unsafe statement else { throw failure(code) }
    defer { unsafe sqlite3_finalize(statement) }
    for (index, value) in values.enumerated() {
      let code = unsafe value.bind(to: statement, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw failure(code) }
    }
    while true {
      let code = unsafe sqlite3_step(statement)
      if code == SQLITE_DONE { return }
      guard code == SQLITE_ROW else { throw failure(code) }
      let count = unsafe sqlite3_column_count(statement)
      body((0..<count).map { unsafe SQLiteValue(column: $0, of: statement) })
    }
  }

  /// Does all of it or nothing.
  func transaction(_ work: () throws(ZooError) -> Void) throws(ZooError) {
    try execute("BEGIN IMMEDIATE")
    do throws(ZooError) {
      try work()
      try execute("COMMIT")
    } catch {
      try? execute("ROLLBACK")
      throw error
    }
  }

  /// A text of SQLite's without line breaks.
  static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: ", ")
  }

  private func failure(_ code: Int32) -> ZooError {
    .database(file: path, reason: unsafe Self.reason(code, handle))
  }

  private static func reason(_ code: Int32, _ handle: OpaquePointer) -> String {
    let text = oneLine(unsafe String(cString: sqlite3_errmsg(handle)))
    switch code & 0xFF {
    case SQLITE_NOTADB, SQLITE_CORRUPT:
      return "it is no sound database (\(text)); move it away, and the next run begins anew"
    case SQLITE_FULL:
      return "the disk is full; make room and run the command again: what was finished is kept"
    case SQLITE_CANTOPEN: return "it cannot be opened (\(text))"
    case SQLITE_READONLY, SQLITE_PERM: return "it cannot be written (\(text))"
    default: return text
    }
  }
}

/// A value of a database's column.
enum SQLiteValue: Sendable, Equatable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  init(_ value: Int?) { self = value.map { .integer(Int64($0)) } ?? .null }
  init(_ value: Bool?) { self = value.map { .integer($0 ? 1 : 0) } ?? .null }
  init(_ value: Double?) { self = value.map { .real($0) } ?? .null }
  init(_ value: String?) { self = value.map { .text($0) } ?? .null }
  init(_ value: [UInt8]?) { self = value.map { .blob($0) } ?? .null }

  var integer: Int? { if case .integer(let value) = self { Int(value) } else { nil } }
  var flag: Bool? { integer.map { $0 != 0 } }
  var text: String? { if case .text(let value) = self { value } else { nil } }
  var blob: [UInt8]? { if case .blob(let value) = self { value } else { nil } }

  var real: Double? {
    switch self {
    case .real(let value): value
    case .integer(let value): Double(value)
    default: nil
    }
  }

  @unsafe
  fileprivate init(column: Int32, of statement: OpaquePointer) {
    switch unsafe sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: self = unsafe .integer(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: self = unsafe .real(sqlite3_column_double(statement, column))
    case SQLITE_TEXT:
      let count = Int(unsafe sqlite3_column_bytes(statement, column))
      let bytes = unsafe UnsafeBufferPointer(start: sqlite3_column_text(statement, column), count: count)
      self = unsafe .text(String(decoding: bytes, as: UTF8.self))
    case SQLITE_BLOB:
      let count = Int(unsafe sqlite3_column_bytes(statement, column))
      self = unsafe .blob(
        [UInt8](UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, column), count: count)))
    default: self = .null
    }
  }

  @unsafe
  fileprivate func bind(to statement: OpaquePointer, at index: Int32) -> Int32 {
    // SQLite copies what it is given: the value of SQLITE_TRANSIENT, which Swift does not import.
    let copies = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch self {
    case .null: return unsafe sqlite3_bind_null(statement, index)
    case .integer(let value): return unsafe sqlite3_bind_int64(statement, index, value)
    case .real(let value): return unsafe sqlite3_bind_double(statement, index, value)
    case .text(let value):
      return unsafe sqlite3_bind_text(statement, index, value, Int32(value.utf8.count), copies)
    case .blob(let value):
      return unsafe value.isEmpty
        ? sqlite3_bind_zeroblob(statement, index, 0)
        : sqlite3_bind_blob(statement, index, value, Int32(value.count), copies)
    }
  }
}
