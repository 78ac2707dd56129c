/// Why a file cannot be read or written.
package enum FileError: Error, Hashable, Sendable {
  /// The file cannot be opened or read, or is none.
  case unreadable(file: String, reason: String)
  /// The file system refuses the new file; an old one of that name is as it was.
  case unwritable(file: String, reason: String)
}

extension FileError: CustomStringConvertible {
  /// One line that names the file and the problem.
  package var description: String {
    switch self {
    case .unreadable(let file, let reason): "\(file): cannot be read: \(reason)"
    case .unwritable(let file, let reason): "\(file): cannot be written: \(reason)"
    }
  }
}
