import Zoo

/// The data of a page: `Sources/Reporting/HTML/Resources` shows them.
struct PageDocument: Encodable {
  let title: String
  /// `zoo`, or `model` for the page of one.
  let kind: String
  let boards: [Board]
  let models: [Model]
  /// By the keys of rows; see `PageDetails`.
  let details: [String: String]

  struct Board: Encodable {
    let id: String
    let name: String
    let availableBytes: Int?
    let flashBytes: Int?
  }

  struct Model: Encodable {
    let path: String
    let fileBytes: Int?
    let operators: Int?
    /// How many of each operator.
    let operatorNames: [String: Int]
    let rows: [Row]
  }

  struct Row: Encodable {
    /// Index in `boards`; nil for none.
    let board: Int?
    let verdict: String
    let reason: String
    let stockBytes: Int?
    let plannedBytes: Int?
    let availableBytes: Int?
    let spareBytes: Int?
    let proved: Bool?
    let flashBytes: Int?
    let optimized: Optimized?
    let commands: [String]
    let details: String?
  }

  struct Optimized: Encodable {
    let fileBytes: Int
    let arenaBytes: Int
    let accuracy: Double?
    let spareBytes: Int?
    let verdict: String
  }
}
