import ArgumentParser

/// A number of bytes as people write it: `65536`, `64K`, `64KiB`, `1.5M`, `4G`; K, M and G are binary.
struct ByteSize: ExpressibleByArgument {
  let bytes: Int

  init?(argument: String) {
    let text = argument.uppercased()
    let digits = text.prefix { $0.isNumber || $0 == "." }
    let factor: Double
    switch text.dropFirst(digits.count).trimmingPrefix(while: \.isWhitespace) {
    case "", "B": factor = 1
    case "K", "KB", "KIB": factor = 1024
    case "M", "MB", "MIB": factor = 1024 * 1024
    case "G", "GB", "GIB": factor = 1024 * 1024 * 1024
    default: return nil
    }
    guard let number = Double(digits), number * factor < 1e15 else { return nil }
    bytes = Int(number * factor)
  }

  static let defaultCompletionKind = CompletionKind.default
}
