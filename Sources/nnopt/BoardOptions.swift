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

  /// The boards of these ids; none of them, nil, where there are no ids. Then the built-in table is not read.
  ///
  /// - Throws: `BoardError` or `ModelFileError` where the user's file cannot be used, or there is no such board.
  func boards(_ ids: [String]) throws -> [Board?] {
    guard !ids.isEmpty || file != nil else { return [nil] }
    let table = try table()
    return ids.isEmpty ? [nil] : try ids.map { try table.board(id: $0) }
  }

  /// The ids of the boards, for the shell: also those of a file that the line names with --boards.
  static let completion = CompletionKind.custom { words, _, _ in
    var options = BoardOptions()
    options.file = words.firstIndex(of: "--boards").flatMap { words.dropFirst($0 + 1).first }
    let table = (try? options.table()) ?? (try? BoardTable.builtin())
    return table?.boards.map(\.id) ?? []
  }

  /// The built-in boards and the user's.
  ///
  /// - Throws: `BoardError` or `ModelFileError` where the user's file cannot be used.
  func table() throws -> BoardTable {
    let builtin = try BoardTable.builtin()
    guard let file else { return builtin }
    return try builtin.merging(BoardTable.parse(csv: FileReading.bytes(of: file), name: file))
  }
}
