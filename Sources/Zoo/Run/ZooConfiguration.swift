internal import Boards
internal import Files

/// What is done with which model: `zoo.csv`, a table with the columns `path` (a pattern) and `options` (words that
/// `nnopt optimize` takes, or `nnopt plan` where nothing is optimized). The first row that matches a name counts.
package struct ZooConfiguration: Sendable {
  private let rows: [(pattern: PathPattern, options: [String], line: Int)]
  private let file: String

  package init() { (rows, file) = ([], "") }

  /// - Throws: `ZooError.configuration` naming the line.
  package init(csv bytes: [UInt8], name: String) throws(ZooError) {
    let table: CSVTable
    do throws(CSVError) { table = try CSVTable(parsing: bytes) } catch {
      throw .configuration(file: name, line: 1, reason: "\(error)")
    }
    for column in table.header where !["path", "options"].contains(column) {
      throw .configuration(
        file: name, line: 1, reason: "there is no column '\(column)', only path and options")
    }
    var rows: [(PathPattern, [String], Int)] = []
    guard let path = table.columnIndex(named: "path"), let options = table.columnIndex(named: "options")
    else {
      throw .configuration(file: name, line: 1, reason: "the columns path and options are needed")
    }
    for row in table.rows {
      let (path, options) = (row[path], row[options])
      guard let words = ShellWords.split(options.text) else {
        throw .configuration(file: name, line: options.position.line, reason: "a quote does not end")
      }
      rows.append((PathPattern(path.text), words, options.position.line))
    }
    (self.rows, file) = (rows, name)
  }

  /// The options of the first row that matches a name; nil where none does.
  func options(for name: String) -> [String]? { rows.first { $0.pattern.matches(name) }?.options }

  /// Every row's options, with a place for errors.
  package var all: [(options: [String], place: String)] { rows.map { ($0.options, "\(file):\($0.line)") } }
}
