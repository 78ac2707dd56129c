#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// Links to files, with or without a file at their end.
enum SymbolicLink {
  /// Links behind each other after which the system takes them for a circle.
  private static let mostLinks = 40

  /// The path behind links: that of the file which writing through them would make.
  static func target(of path: String) -> String {
    var target = path
    for _ in 0..<mostLinks {
      guard let next = contents(of: target) else { return target }
      let slash = target.utf8.lastIndex(of: UInt8(ascii: "/"))
      target = next.hasPrefix("/") ? next : (slash.map { String(target[...$0]) } ?? "") + next
    }
    return path
  }

  /// What a link holds; nil for what is none.
  private static func contents(of path: String) -> String? {
    var text = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = unsafe readlink(path, &text, text.count)
    guard length > 0 else { return nil }
    return String(decoding: text.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
