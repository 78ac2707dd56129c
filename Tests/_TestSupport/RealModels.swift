import Foundation

/// The models in the folder that the environment variable `NNOPT_MODELS` names, with its `index.csv`.
package enum RealModels {
  package struct Entry: Sendable, CustomStringConvertible {
    package let path: String
    /// Peak of live bytes in the file's order, without alignment.
    package let naivePeakBytes: Int

    package var description: String { path.split(separator: "/").last.map(String.init) ?? path }
  }

  package static let all: [Entry] = load()

  package static var isAvailable: Bool { !all.isEmpty }

  private static func load() -> [Entry] {
    guard let folder = ProcessInfo.processInfo.environment["NNOPT_MODELS"],
      let text = try? String(contentsOfFile: folder + "/index.csv", encoding: .utf8)
    else { return [] }
    let rows = text.split(whereSeparator: \.isNewline).map(cells)
    guard let header = rows.first, let path = header.firstIndex(of: "path"),
      let peak = header.firstIndex(of: "naive_peak_bytes")
    else { return [] }
    return rows.dropFirst().compactMap { row in
      guard row.count == header.count, let bytes = Int(row[peak]) else { return nil }
      return Entry(path: folder + "/" + row[path], naivePeakBytes: bytes)
    }
  }

  /// The cells of a line in which cells may be quoted.
  private static func cells(_ line: Substring) -> [String] {
    var cells = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == "," && !isQuoted {
        cells.append("")
      } else {
        cells[cells.count - 1].append(character)
      }
    }
    return cells
  }
}
