import ArgumentParser
import Boards
import Files
import ModelFiles

/// The options that name boards.
struct BoardOptions: ParsableArguments {
  @Option(
    name: .customLong("boards"), help: ArgumentHelp("A CSV file with boards of your own.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var file: String?

  /// The built-in boards and the user's.
  ///
  /// - Throws: `BoardError` or `ModelFileError` where the user's file cannot be used.
  func table() throws -> BoardTable {
    let builtin = try BoardTable.builtin()
    guard let file else { return builtin }
    return try builtin.merging(BoardTable.parse(csv: FileReading.bytes(of: file), name: file))
  }
}
