/// Why a zoo cannot be worked on.
package enum ZooError: Error, Equatable, Sendable {
  /// A database cannot be opened, read or written.
  case database(file: String, reason: String)
  /// A database of another version of nnopt.
  case otherVersion(file: String, found: Int, known: Int)
  /// A folder or file of the zoo cannot be used.
  case folder(path: String, reason: String)
  /// `zoo.csv` is not what it should be.
  case configuration(file: String, line: Int, reason: String)
  /// A job of another engine could not be started.
  case engine(String)
  /// It was stopped, by `ZooStop`.
  case stopped
}

extension ZooError: CustomStringConvertible {
  /// One line that names the file, the problem, and what to do.
  package var description: String {
    switch self {
    case .database(let file, let reason): "\(file): \(reason)"
    case .otherVersion(let file, let found, let known):
      "\(file): its form is \(found), and this nnopt knows \(known): use the nnopt that made it, or another --out"
    case .folder(let path, let reason): "\(path): \(reason)"
    case .configuration(let file, let line, let reason): "\(file):\(line): \(reason)"
    case .engine(let reason): reason
    case .stopped: "stopped; what is finished is kept, and the same command goes on from there"
    }
  }
}
