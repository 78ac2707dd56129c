import Testing
import Zoo

@testable import Reporting

/// Reports of many models stay within what is said of them.
@Suite struct ZooReportsTests {
  private let board = ZooBoard(
    id: "esp32", name: "ESP32", availableBytes: 100_000, flashBytes: nil, facts: "")

  private func rows(_ count: Int, bytes: Int = 1000) -> [ZooRow] {
    (0..<count).map { number in
      var row = ZooRow(model: "folder/model-\(number).tflite", board: "esp32", verdict: .fits, reason: "fits")
      (row.stockBytes, row.plannedBytes, row.spareBytes) = (2000, bytes, 100_000 - bytes)
      row.commandLine = "nnopt plan folder/model-\(number).tflite --board esp32"
      return row
    }
  }

  /// A plan that hardly gets smaller.
  private func plan(of row: ZooRow) -> [UInt8] {
    var generator = SeededGenerator(seed: row.model.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    let digits = (0..<1600).map { _ in String(UInt64.random(in: .min ... .max, using: &generator), radix: 16)
    }
    let text = "{\"models\":[{\"name\":\"\(digits.joined())\"}]}"
    return ZooDocument.packed(Array(text.utf8))
  }

  private struct SeededGenerator: RandomNumberGenerator {
    var seed: UInt64
    mutating func next() -> UInt64 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return seed ^ seed >> 29
    }
  }

  @Test func aPageOfManyModelsIsBelowItsLimit() throws {
    let sheet = ZooSheet(rows: rows(400), boards: [board])
    let page = try ZooPage(sheet, title: "zoo") { kind, row in kind == .plan ? plan(of: row) : nil }.html()
    #expect(page.utf8.count <= ZooPage.byteLimit)
    // What there is room for is used.
    #expect(page.utf8.count > ZooPage.byteLimit - 30_000)
    #expect(page.contains("model-399.tflite"))
  }

  @Test func aCommentIsNoLongerThanGitHubTakes() {
    let comparison = ZooComparison(rows(3000), rows(3000, bytes: 1500), toleranceBytes: 0, tolerancePoints: 0)
    let text = ZooComparisonRenderer().markdown(comparison)
    let shown = text.split(separator: "\n").count { $0.hasPrefix("| worse ") }
    #expect(text.utf16.count < 65_536 && shown > 300)
    #expect(text.hasPrefix("3000 worse") && text.contains("\(3000 - shown) more are told"))
    let short = ZooComparison(rows(3), rows(3, bytes: 1500), toleranceBytes: 0, tolerancePoints: 0)
    #expect(ZooComparisonRenderer().markdown(short).split(separator: "\n").count == 6)
  }

  @Test func aPageTellsPlannedFromOptimized() throws {
    var row = rows(1)[0]
    (row.verdict, row.reason, row.spareBytes) = (.fits, "60,000 bytes to spare", 60_000)
    row.plannedBytes = 120_000
    row.optimized = .init(fileBytes: 1, arenaBytes: 40_000, accuracy: nil)
    let plan = """
      {"models":[{"verdict":"does-not-fit","reason":"missing 20,000 bytes","summary":{"histogram":[]},
      "board":{"marginBytes":-20000}}]}
      """
    let sheet = ZooSheet(rows: [row], boards: [board])
    let page = try ZooPage(sheet, title: "zoo") { kind, _ in
      kind == .plan ? ZooDocument.packed(Array(plan.utf8)) : nil
    }.html()
    #expect(page.contains("\"reason\":\"missing 20,000 bytes\",\"spareBytes\":-20000"))
    #expect(page.contains("\"spareBytes\":60000,\"verdict\":\"fits\"}"))
    #expect(page.contains("\"availableBytes\":100000"))
  }
}
