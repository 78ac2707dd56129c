/// What became of one model on one board.
package struct ZooRow: Sendable, Equatable {
  package enum Verdict: String, Sendable, CaseIterable {
    /// TFLM runs it; no board was asked.
    case planned
    case fits
    case doesNotFit = "does-not-fit"
    case refused
    /// It could not be planned, or optimized.
    case error
  }

  /// The name in the zoo: the path below its folder.
  package var model: String
  /// Empty for none.
  package var board: String
  package var verdict: Verdict
  /// Why; empty where all is well.
  package var reason = ""
  /// SHA-256 of the model's file; empty where it could not be read.
  package var digest = ""
  package var fileBytes: Int?
  package var operators: Int?
  /// The arena that stock TFLM takes for the model as it came.
  package var stockBytes: Int?
  /// The arena that it takes for the planned file.
  package var plannedBytes: Int?
  /// Of the board; negative where bytes are missing. Of the optimized file where there is one.
  package var spareBytes: Int?
  package var isProved: Bool?
  /// File and code.
  package var flashBytes: Int?
  package var optimized: Optimized?
  /// The file that was written, below the output folder; nil for none.
  package var output: String?
  /// The command that makes the same again, as a shell takes it.
  package var commandLine = ""
  /// Whether the model was gone when the zoo was last looked at.
  package var isVanished = false

  /// What `nnopt optimize` made of a model.
  package struct Optimized: Sendable, Equatable {
    package let fileBytes: Int
    package let arenaBytes: Int
    /// Top-1 accuracy, or agreement with the original; nil where it was not judged.
    package let accuracy: Double?

    package init(fileBytes: Int, arenaBytes: Int, accuracy: Double?) {
      (self.fileBytes, self.arenaBytes, self.accuracy) = (fileBytes, arenaBytes, accuracy)
    }
  }

  package init(model: String, board: String, verdict: Verdict, reason: String = "") {
    self.model = model
    self.board = board
    self.verdict = verdict
    self.reason = reason
  }

  /// The arena that the zoo's file takes: optimized, or planned.
  package var arenaBytes: Int? { optimized?.arenaBytes ?? plannedBytes }
}

/// What a row rests on, as nnopt printed it.
package enum ZooDocument: String, Sendable, CaseIterable {
  /// `nnopt plan --json` of the model as it came.
  case plan
  case inspect
  /// `nnopt optimize --json`.
  case optimize
  /// `nnopt plan --json` of the optimized file.
  case after

  /// A document as the database keeps it.
  package static func packed(_ bytes: [UInt8]) -> [UInt8] { Packing.packed(bytes) }

  /// A document from what the database keeps; nil for what is none.
  package static func unpacked(_ bytes: [UInt8]) -> [UInt8]? { Packing.unpacked(bytes) }
}
