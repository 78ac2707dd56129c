package import Zoo

/// A zoo's results as tables for files: spreadsheets, pages, gates.
package struct ZooSheet: Sendable {
  package let rows: [ZooRow]
  package let boards: [ZooBoard]

  package init(rows: [ZooRow], boards: [ZooBoard]) {
    self.rows = rows
    self.boards = boards
  }

  var hasOptimized: Bool { rows.contains { $0.optimized != nil } }

  private static let heads = [
    "model", "board", "verdict", "reason", "operators", "file_bytes", "stock_bytes", "planned_bytes",
    "spare_bytes",
    "proved", "flash_bytes", "optimized_file_bytes", "optimized_arena_bytes", "accuracy", "output", "digest",
    "vanished",
  ]

  private static func cells(_ row: ZooRow) -> [String] {
    func number(_ value: Int?) -> String { value.map { "\($0)" } ?? "" }
    func flag(_ value: Bool?) -> String { value.map { $0 ? "yes" : "no" } ?? "" }
    return [
      row.model, row.board, row.verdict.rawValue, row.reason, number(row.operators), number(row.fileBytes),
      number(row.stockBytes), number(row.plannedBytes), number(row.spareBytes), flag(row.isProved),
      number(row.flashBytes), number(row.optimized?.fileBytes), number(row.optimized?.arenaBytes),
      row.optimized?.accuracy.map { "\($0)" } ?? "", row.output ?? "", row.digest, flag(row.isVanished),
    ]
  }

  /// Comma-separated values with a row of names (RFC 4180).
  package var csv: String {
    ([Self.heads] + rows.map(Self.cells)).map { cells in
      cells.map(SheetText.csvField).joined(separator: ",")
    }.joined(separator: "\n")
  }

  /// A table of GitHub's Markdown, with what all models take together.
  package var markdown: String {
    var heads = ["model", "board", "stock B", "planned B"]
    if hasOptimized { heads += ["optimized B", "accuracy"] }
    heads += ["change", "proof", "spare B", "verdict"]
    let ruler = heads.map { ["model", "board", "proof", "verdict"].contains($0) ? "---" : "--:" }
    let lines = rows.map { row in
      var cells = [row.model, row.board, Self.bytes(row.stockBytes), Self.bytes(row.plannedBytes)]
      if hasOptimized {
        cells += [
          Self.bytes(row.optimized?.arenaBytes), row.optimized?.accuracy.map(Figures.percent) ?? "",
        ]
      }
      return cells + [
        Self.change(row), Self.proof(row), Self.bytes(row.spareBytes),
        row.verdict == .error ? "error: \(row.reason)" : row.verdict.rawValue,
      ]
    }
    let table = ([heads, ruler] + lines).map {
      "| \($0.map(SheetText.markdownCell).joined(separator: " | ")) |"
    }
    return (table + ["", ZooTotals(rows).sentence]).joined(separator: "\n")
  }

  static func bytes(_ count: Int?) -> String { count.map(Figures.grouped) ?? "" }

  static func change(_ row: ZooRow) -> String {
    guard let stock = row.stockBytes, let arena = row.arenaBytes, stock != arena else { return "" }
    return Figures.change(from: stock, to: arena)
  }

  static func proof(_ row: ZooRow) -> String { row.isProved.map { $0 ? "proved" : "not proved" } ?? "" }

  /// A test suite of JUnit's XML: a model that does not fit or is refused is a failure, one that could not be planned an
  /// error. It says no times, so that equal results are equal files.
  package var junit: String {
    let failures = rows.count { $0.verdict == .doesNotFit || $0.verdict == .refused }
    let errors = rows.count { $0.verdict == .error }
    let cases = rows.map { row in
      let name = row.board.isEmpty ? row.model : "\(row.model) on \(row.board)"
      let start = "  <testcase name=\"\(XMLText.escaped(name))\" classname=\"nnopt.zoo\""
      let reason = XMLText.escaped(row.reason)
      switch row.verdict {
      case .planned, .fits: return "\(start)/>"
      case .error: return "\(start)><error message=\"\(reason)\"/></testcase>"
      case .doesNotFit, .refused:
        return "\(start)><failure message=\"\(reason)\" type=\"\(row.verdict.rawValue)\"/></testcase>"
      }
    }
    let head =
      "<testsuite name=\"nnopt zoo\" tests=\"\(rows.count)\" failures=\"\(failures)\" errors=\"\(errors)\">"
    return (["<?xml version=\"1.0\" encoding=\"UTF-8\"?>", head] + cases + ["</testsuite>"])
      .joined(separator: "\n")
  }
}

/// Values in tables of text.
enum SheetText {
  /// A field of comma-separated values (RFC 4180), without what steers a terminal; what a spreadsheet would take for a
  /// formula, and is no number, gets an apostrophe in front.
  static func csvField(_ text: String) -> String {
    var clean = DisplayText.sanitized(text)
    if let first = clean.first, "=+-@".contains(first), Double(clean) == nil { clean = "'\(clean)" }
    guard clean.contains(where: { ",\"\n".contains($0) }) else { return clean }
    return "\"\(clean.replacing("\"", with: "\"\""))\""
  }

  /// A cell of a Markdown table, which no text can leave, and in which no markup works.
  static func markdownCell(_ text: String) -> String {
    var result = ""
    for character in DisplayText.sanitized(text) {
      if "|\\<>`*_[]".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }
}
