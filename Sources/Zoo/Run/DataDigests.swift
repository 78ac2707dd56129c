#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// What the words of a command line name, where they name files or folders: digests of what is in them, each found once.
struct DataDigests: Sendable {
  private var known: [String: String] = [:]

  /// - Parameter word: an option, a value, or a value behind a name: `images.npy`, `input=images.npy`.
  /// - Returns: empty for what is no file.
  mutating func digest(of word: String) -> String {
    if let digest = known[word] { return digest }
    let value = word.split(separator: "=", maxSplits: 1).last.map(String.init) ?? ""
    let digest = [word, value].lazy.map { Self.content(of: $0) }.first { !$0.isEmpty } ?? ""
    known[word] = digest
    return digest
  }

  private static func content(of path: String) -> String {
    var isFolder = false
    guard !path.isEmpty, !path.hasPrefix("-"),
      FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    else { return "" }
    guard isFolder else { return (try? Snapshot.digest(of: RawPath(path))) ?? "" }
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    return Digest.text(
      of: names.flatMap { [$0, (try? Snapshot.digest(of: RawPath("\(path)/\($0)"))) ?? ""] })
  }
}
