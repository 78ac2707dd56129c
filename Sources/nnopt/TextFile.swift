import Files
import ModelFiles

/// Files that have to be text, such as tables in CSV.
enum TextFile {
  /// Bytes at the start in which a file that is no text shows it.
  private static let looked = 4096

  /// A file's text.
  ///
  /// - Parameter remedy: how a text of this kind comes of a model, such as `'nnopt plan MODEL --steps FILE' writes one`.
  /// - Throws: what reading throws, and `Outcome.badInput`, with what the file is, where it is no text.
  static func read(_ path: String, remedy: String) throws -> String {
    let bytes = try FileReading.bytes(of: path)
    guard bytes.prefix(looked).contains(0) else { return String(decoding: bytes, as: UTF8.self) }
    let kind =
      FileKind.isModel(bytes) ? "it is a TensorFlow Lite model; \(remedy)" : FileKind.remark(on: bytes)
    Console.error("\(path): no text: \(kind)")
    throw Outcome.badInput
  }
}
