#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif
#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Temporary files of nnopt: `.nnopt.PROCESS.RANDOM`, and those that killed processes left behind.
enum Leftovers {
  static func newName() -> String {
    ".nnopt.\(getpid()).\(String(UInt64.random(in: .min ... .max), radix: 16))"
  }

  /// Removes this user's temporary files whose process is gone, or that are older than a day.
  static func clear(in directory: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? [] {
      guard let process = process(of: name) else { continue }
      let path = directory + name
      var status = stat()
      guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_uid == geteuid()
      else { continue }
      let isOrphan = kill(process, 0) != 0 && errno == ESRCH
      let age = time(nil) - modificationSeconds(status)
      if isOrphan || age > secondsOfADay { unsafe unlink(path) }
    }
  }

  private static let secondsOfADay = 24 * 60 * 60

  /// The process that a temporary file's name tells; nil for all other names.
  private static func process(of name: String) -> pid_t? {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0].isEmpty, parts[1] == "nnopt", UInt64(parts[3], radix: 16) != nil,
      let process = pid_t(parts[2]), process > 0
    else { return nil }
    return process
  }

  private static func modificationSeconds(_ status: stat) -> Int {
    #if canImport(Darwin)
      status.st_mtimespec.tv_sec
    #else
      status.st_mtim.tv_sec
    #endif
  }
}
