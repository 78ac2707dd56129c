import Files
import Foundation

/// A table that is printed row by row as it is measured, and written into a report at the end.
struct MeasuredTable {
  private var lines: [String]

  /// - Parameter heading: the names of the columns, and their alignment.
  init(_ heading: [String]) { lines = heading }

  mutating func add(_ row: String) {
    lines.append(row)
    print(row)
    fflush(nil)
  }

  /// - Parameter report: nil to write nothing.
  func write(to report: String?, title: String, _ introduction: String) throws {
    guard let report else { return }
    let text = "# \(title)\n\n\(introduction)\n\n" + lines.joined(separator: "\n") + "\n"
    try AtomicFile.write(Array(text.utf8), to: report)
  }

  /// Gives work a folder that is there for as long as it takes.
  static func withFolder(_ work: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "benchmark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try work(folder)
  }
}
