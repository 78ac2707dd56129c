import Zoo

/// A zoo's results as one JSON object a line.
package enum ZooLines {
  private struct Line: Encodable {
    let model: String
    let board: String?
    let verdict: String
    let reason: String
    let digest: String
    let operators: Int?
    let fileBytes: Int?
    let stockBytes: Int?
    let plannedBytes: Int?
    let spareBytes: Int?
    let proved: Bool?
    let flashBytes: Int?
    let optimizedFileBytes: Int?
    let optimizedArenaBytes: Int?
    let accuracy: Double?
    let output: String?
    let command: String
    let vanished: Bool

    init(_ row: ZooRow) {
      model = row.model
      board = row.board.isEmpty ? nil : row.board
      verdict = row.verdict.rawValue
      reason = row.reason
      digest = row.digest
      operators = row.operators
      fileBytes = row.fileBytes
      stockBytes = row.stockBytes
      plannedBytes = row.plannedBytes
      spareBytes = row.spareBytes
      proved = row.isProved
      flashBytes = row.flashBytes
      optimizedFileBytes = row.optimized?.fileBytes
      optimizedArenaBytes = row.optimized?.arenaBytes
      accuracy = row.optimized?.accuracy
      output = row.output
      command = row.commandLine
      vanished = row.isVanished
    }
  }

  /// - Throws: where a figure cannot be written as JSON.
  package static func text(_ sheet: ZooSheet) throws -> String {
    try sheet.rows.map { try JSONText.encoded(Line($0), as: "nnopt-zoo-row-1", isIndented: false) }
      .joined(separator: "\n")
  }
}
