/// A board that models are planned for, as far as a report needs to know it.
package struct ZooBoard: Sendable, Equatable {
  /// Empty where models are planned for no board.
  package let id: String
  package let name: String
  /// The largest block that one arena can have; nil without a board.
  package let availableBytes: Int?
  package let flashBytes: Int?
  /// All that is known of the board: results are of another board where it changes.
  let facts: String

  package init(id: String, name: String, availableBytes: Int?, flashBytes: Int?, facts: String) {
    self.id = id
    self.name = name
    self.availableBytes = availableBytes
    self.flashBytes = flashBytes
    self.facts = facts
  }

  /// No board: what TFLM takes on a common processor.
  package static let none = ZooBoard(id: "", name: "", availableBytes: nil, flashBytes: nil, facts: "")

  /// The folder of its files in the output.
  var folder: String { id.isEmpty ? "any" : id }
}
