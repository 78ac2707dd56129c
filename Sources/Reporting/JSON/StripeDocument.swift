import Passes
import Workflows

/// What stripes do for a model, in JSON.
struct StripeDocument: Encodable {
  /// TFLM's arena for the file as it came.
  let stockArenaBytes: Int
  /// TFLM's head and arena in the best order without stripes, and with them.
  let wholeHeadBytes: Int
  let wholeArenaBytes: Int
  let headBytes: Int
  let arenaBytes: Int
  /// Multiply-accumulates that the loops add, and in parts of the model's; the limit likewise.
  let extraMacs: Int
  let extraPart: Double
  let limitPart: Double
  /// Why there are none; null where there are some.
  let reason: String?
  /// The month of the first TFLM that runs the file; null for any.
  let needsTflm: String?
  /// The operators for which it must be that new.
  let needsTflmFor: [String]
  /// Bytes below which no stripes bring the head.
  let headLowerBoundBytes: Int
  let loops: [Loop]
  /// Layers whose channels are computed in parts, one after the other.
  let splits: [Split]
  /// Everything that was planned.
  let tried: [Point]

  struct Loop: Encodable {
    let first: String
    let last: String
    let operators: Int
    let rowsPerTurn: Int
    let turns: Int
    let extraMacs: Int
    let estimatedBytes: Int
    let keptMaps: Int
    let resultOnSource: Bool
    /// Whether images are cut into columns, which then count as rows.
    let byColumns: Bool
    /// What stands in the way of a longer run.
    let end: String
  }

  struct Split: Encodable {
    let first: String
    let last: String
    let parts: Int
  }

  struct Point: Encodable {
    let arenaBytes: Int
    let headBytes: Int
    let extraMacs: Int
    let loops: Int
  }

  init(_ report: StripeReport) {
    stockArenaBytes = report.stockArenaBytes
    wholeHeadBytes = report.wholeHeadBytes
    wholeArenaBytes = report.wholeArenaBytes
    headBytes = report.headBytes
    arenaBytes = report.arenaBytes
    extraMacs = report.extraWork
    extraPart = report.extraPart
    limitPart = report.workLimit
    reason = report.reason
    needsTflm = report.neededRelease
    needsTflmFor = report.neededFor
    headLowerBoundBytes = report.headLowerBoundBytes
    loops = report.runs.map {
      Loop(
        first: $0.first, last: $0.last, operators: $0.operatorCount, rowsPerTurn: $0.rowsPerTurn,
        turns: $0.turns, extraMacs: $0.extraWork, estimatedBytes: $0.estimatedBytes, keptMaps: $0.keptMaps,
        resultOnSource: $0.isResultOnSource, byColumns: $0.isByColumns, end: $0.end)
    }
    splits = report.splits.map { Split(first: $0.first, last: $0.last, parts: $0.parts) }
    tried = report.tried.map {
      Point(
        arenaBytes: $0.arenaBytes, headBytes: $0.headBytes, extraMacs: $0.extraWork, loops: $0.runCount)
    }
  }
}
