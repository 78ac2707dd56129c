package import Zoo

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A zoo as one page of HTML that needs no network.
package struct ZooPage {
  private let sheet: ZooSheet
  private let title: String
  private let packed: (ZooDocument, ZooRow) throws -> [UInt8]?

  /// Bytes that a page has room for, so that it opens at once and can be sent: details that would make it larger are left
  /// out. What is said of every row is always there.
  static let byteLimit = 4_990_000

  /// - Parameter packed: a row's document as zlib packed it.
  package init(_ sheet: ZooSheet, title: String, packed: @escaping (ZooDocument, ZooRow) throws -> [UInt8]?) {
    (self.sheet, self.title, self.packed) = (sheet, title, packed)
  }

  /// The page.
  ///
  /// - Throws: what reading a document throws.
  package func html() throws -> String {
    let plans = try plans()
    var details: [String: String] = [:]
    // Every row with details also has their key, twice.
    let keyBytes = "\"details\":\"\",\"\":\"\",".utf8.count + 2 * "\(sheet.rows.count)".utf8.count
    var remaining = Self.byteLimit - (try PageText.html(of: document(details, plans)).utf8.count)
    // The first board of every model comes first: where room is short, each model has one.
    let isFirst = sheet.rows.indices.map { $0 == 0 || sheet.rows[$0 - 1].model != sheet.rows[$0].model }
    for index in sheet.rows.indices.sorted(by: { (isFirst[$0] ? 0 : 1, $0) < (isFirst[$1] ? 0 : 1, $1) }) {
      let row = sheet.rows[index]
      let found = try PageDetails.packed { kind in try packed(kind, row).flatMap(ZooDocument.unpacked) }
      guard let found, found.utf8.count + keyBytes <= remaining else { continue }
      remaining -= found.utf8.count + keyBytes
      details["\(index)"] = found
    }
    return try PageText.html(of: document(details, plans))
  }

  /// - Parameter plans: what plans say, by the index of their rows.
  private func document(_ details: [String: String], _ plans: [Int: Plan]) -> PageDocument {
    var models: [PageDocument.Model] = []
    var start = 0
    while start < sheet.rows.count {
      let end = sheet.rows[start...].firstIndex { $0.model != sheet.rows[start].model } ?? sheet.rows.count
      let first = sheet.rows[start]
      models.append(
        PageDocument.Model(
          path: first.model, fileBytes: sheet.rows[start..<end].lazy.compactMap(\.fileBytes).first,
          operators: sheet.rows[start..<end].lazy.compactMap(\.operators).first,
          operatorNames: plans[start]?.operatorNames ?? [:],
          rows: (start..<end).map {
            row(sheet.rows[$0], details["\($0)"] == nil ? nil : "\($0)", plan: plans[$0])
          }))
      start = end
    }
    return PageDocument(
      title: title, kind: models.count == 1 && sheet.boards.count == 1 ? "model" : "zoo",
      boards: sheet.boards.filter { !$0.id.isEmpty }.map {
        PageDocument.Board(
          id: $0.id, name: $0.name, availableBytes: $0.availableBytes, flashBytes: $0.flashBytes)
      }, models: models, details: details)
  }

  /// A row says what became of the model; where it was optimized, the page tells that from what its plan says.
  private func row(_ row: ZooRow, _ details: String?, plan: Plan?) -> PageDocument.Row {
    let plan = row.optimized == nil ? nil : plan
    let board = sheet.boards.filter { !$0.id.isEmpty }.firstIndex { $0.id == row.board }
    return PageDocument.Row(
      board: board, verdict: plan?.verdict ?? row.verdict.rawValue, reason: plan?.reason ?? row.reason,
      stockBytes: row.stockBytes,
      plannedBytes: row.plannedBytes,
      availableBytes: row.spareBytes.flatMap { spare in row.arenaBytes.map { $0 + spare } },
      spareBytes: plan?.board?.marginBytes ?? row.spareBytes, proved: row.isProved,
      flashBytes: plan?.flash?.requestedBytes ?? row.flashBytes,
      optimized: row.optimized.map {
        PageDocument.Optimized(
          fileBytes: $0.fileBytes, arenaBytes: $0.arenaBytes, accuracy: $0.accuracy,
          spareBytes: row.spareBytes,
          verdict: row.verdict.rawValue)
      }, commands: row.commandLine.isEmpty ? [] : [row.commandLine], details: details)
  }

  /// What the plans say of the first row of each model, and of rows of optimized ones, by their indices.
  private func plans() throws -> [Int: Plan] {
    var plans: [Int: Plan] = [:]
    for (index, row) in sheet.rows.enumerated() {
      let isFirst = index == 0 || sheet.rows[index - 1].model != row.model
      guard isFirst || row.optimized != nil, let bytes = try packed(.plan, row).flatMap(ZooDocument.unpacked)
      else { continue }
      plans[index] = try? JSONDecoder().decode(Answer.self, from: Data(bytes)).models.first
    }
    return plans
  }

  private struct Answer: Decodable { let models: [Plan] }

  /// The part of `nnopt plan --json` that is said of every model.
  private struct Plan: Decodable {
    let verdict: String
    let reason: String
    let summary: Summary
    let board: Board?
    let flash: Flash?

    struct Summary: Decodable { let histogram: [Count] }
    struct Board: Decodable { let marginBytes: Int }
    struct Flash: Decodable { let requestedBytes: Int }
    struct Count: Decodable {
      let name: String
      let count: Int
    }

    /// How often the model has each operator.
    var operatorNames: [String: Int] { Dictionary(summary.histogram.map { ($0.name, $0.count) }) { $0 + $1 } }
  }
}

extension PageText {
  /// The page that shows data.
  ///
  /// - Throws: where a figure cannot be written as JSON.
  static func html(of document: PageDocument) throws -> String {
    // Inside the element that holds the data, only this character could end it.
    let data = try JSONText.encoded(document, as: "nnopt-page-1", isIndented: false)
      .replacing("<", with: "\\u003c")
    return skeleton.replacing("/*STYLE*/", with: style).replacing("/*SCRIPT*/", with: script)
      .replacing("/*DATA*/", with: data)
  }
}
