/// Names that a file system has room for.
package enum FileName {
  /// The bytes of a name that all common file systems take.
  private static let byteLimit = 255

  /// A name, or where it is too long its beginning, a digest of all of it, and its ending.
  ///
  /// - Parameter room: bytes that are needed behind it.
  package static func fitting(_ name: Substring, room: Int = 0) -> String {
    guard name.utf8.count > byteLimit - room else { return String(name) }
    let ending = ".tflite"
    let tail = "~\(Digest.text(of: [String(name)]).prefix(16))" + (name.hasSuffix(ending) ? ending : "")
    var start = ""
    for scalar in name.unicodeScalars {
      guard start.utf8.count + UTF8.width(scalar) + tail.utf8.count <= byteLimit - room else { break }
      start.unicodeScalars.append(scalar)
    }
    return start + tail
  }

  /// The parts of a path below a folder: none leads out of it, and all fit.
  package static func parts(_ path: String, room: Int = 0) -> [String] {
    path.split(separator: "/").filter { $0 != "." && $0 != ".." }.map { fitting($0, room: room) }
  }
}
