import ArgumentParser

/// What ends a command, by exit code.
enum Outcome {
  /// A file cannot be read or written, or is not what it should be.
  static let badInput = ExitCode(1)
  /// The plan exceeds the board or the limit.
  static let doesNotFit = ExitCode(2)

  /// Runs a command's work; an error is printed and ends with `badInput`.
  static func reportingErrors(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let code as ExitCode {
      throw code
    } catch {
      Console.error("\(error)")
      throw badInput
    }
  }
}
