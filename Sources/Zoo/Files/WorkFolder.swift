internal import Files

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// A folder in the output folder for the temporary files of one run, so that finished files are moved and not copied.
struct WorkFolder {
  let path: String

  /// Clears those of earlier runs, which are over: this one has the lock.
  init(in output: String) throws(ZooError) {
    let manager = FileManager.default
    for name in (try? manager.contentsOfDirectory(atPath: output)) ?? [] where Self.isOwn(name) {
      try? manager.removeItem(atPath: "\(output)/\(name)")
    }
    path = "\(output)/\(Self.start)\(String(UInt64.random(in: .min ... .max), radix: 16))"
    try Folder.make(path)
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }

  private static let start = ".work-"

  /// Whether a name is of such a folder, and not of somebody else's.
  static func isOwn(_ name: String) -> Bool {
    let number = name.dropFirst(start.count)
    return name.hasPrefix(start) && (1...16).contains(number.utf8.count)
      && number.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }
}
