import Tensors
import Zoo

/// What a zoo's models take together.
struct ZooTotals {
  let rows: Int
  let counts: [ZooRow.Verdict: Int]
  /// Of the rows that have both and no error.
  let stockBytes: Int
  let arenaBytes: Int
  let proved: Int

  init(_ rows: [ZooRow]) {
    self.rows = rows.count
    counts = Dictionary(grouping: rows, by: \.verdict).mapValues(\.count)
    let both = rows.filter { $0.verdict != .error }.compactMap { row in
      row.stockBytes.flatMap { stock in row.arenaBytes.map { (stock: stock, arena: $0) } }
    }
    stockBytes = both.map(\.stock).saturatingSum
    arenaBytes = both.map(\.arena).saturatingSum
    proved = rows.count { $0.isProved == true }
  }

  /// Such as `10 results: 7 fit, 2 do not fit, 1 error; arenas 1,200 → 900 bytes (−25.0 %), 9 proved`.
  var sentence: String {
    let words: [(ZooRow.Verdict, String)] = [
      (.planned, "planned"), (.fits, "fit"), (.doesNotFit, "do not fit"), (.refused, "refused by TFLM"),
      (.error, "with errors"),
    ]
    let parts = words.compactMap { verdict, word in counts[verdict].map { "\($0) \(word)" } }
    var text =
      "\(Figures.grouped(rows)) \(rows == 1 ? "result" : "results"): \(parts.joined(separator: ", "))"
    if stockBytes > 0 {
      text += "; arenas \(Figures.grouped(stockBytes)) → \(Figures.grouped(arenaBytes)) bytes"
      if stockBytes != arenaBytes { text += " (\(Figures.change(from: stockBytes, to: arenaBytes)))" }
      text += ", \(proved) proved"
    }
    return text
  }
}
