#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The streams that every process starts with, by their descriptors.
package enum StandardStream: Int32, Sendable {
  case input = 0
  case output = 1
  case error = 2

  /// - Returns: whether all of the text has been taken.
  @discardableResult
  package func write(_ text: String) -> Bool {
    StagedFile.writeAll(Array(text.utf8), to: rawValue) == nil
  }
}
