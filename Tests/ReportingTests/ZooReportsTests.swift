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
    let numbers = (0..<400).map { _ in "\(UInt32.random(in: .min ... .max, using: &generator))" }
    let text = "{\"models\":[{\"plan\":[\(numbers.joined(separator: ","))]}]}"
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
    let sheet = ZooSheet(rows: rows(2000), boards: [board])
    let page = try ZooPage(sheet, title: "zoo") { kind, row in kind == .plan ? plan(of: row) : nil }.html()
    #expect(page.utf8.count <= ZooPage.byteLimit)
    // What there is room for is used.
    #expect(page.utf8.count > ZooPage.byteLimit - 10_000)
    #expect(page.contains("model-1999.tflite"))
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
}
