package import Boards

/// A board table as JSON for other tools.
package struct BoardsJSONRenderer: Sendable {
  package init() {}

  /// One document, keys sorted, without a line break at its end.
  package func render(_ boards: [Board]) throws -> String {
    try JSONText.encoded(Document(boards: boards.map(Entry.init)), as: "nnopt-boards-1")
  }

  private struct Document: Encodable {
    let boards: [Entry]
  }

  private struct Entry: Encodable {
    let id: String
    let name: String
    let mcu: String
    let core: String
    let availableBytes: Int
    let sramBytes: Int
    let psramBytes: Int
    let flashBytes: Int?
    let clockMHz: Int?
    let fpu: String
    let simd: String
    let otherRegions: String
    let source: String
    let confidence: String
    let notes: String

    init(_ board: Board) {
      id = board.id
      name = board.name
      mcu = board.mcu
      core = board.core
      availableBytes = board.availableBytes
      sramBytes = board.sramBytes
      psramBytes = board.psramBytes
      flashBytes = board.flashBytes
      clockMHz = board.clockMHz
      fpu = board.fpu
      simd = board.simd
      otherRegions = board.otherRegions
      source = board.source
      confidence = board.confidence.rawValue
      notes = board.notes
    }
  }
}
