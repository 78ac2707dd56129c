import ArgumentParser
import Execution
import Reporting

/// What ends a command, by exit code.
enum Outcome {
  /// A file cannot be read or written, or is not what it should be.
  static let badInput = ExitCode(1)
  /// The plan exceeds the board or the limit.
  static let doesNotFit = ExitCode(2)
  /// `nnopt diff --exit-code` found a difference.
  static let modelsDiffer = ExitCode(2)
  /// The candidate's accuracy drops by more than the limit.
  static let accuracyDropped = ExitCode(3)

  /// `nnopt zoo compare`: something got worse than it may.
  static let gotWorse = ExitCode(4)

  /// `nnopt zoo`: all is done, and some models have errors.
  static let modelsHaveErrors = ExitCode(5)

  /// Runs a command's work; an error is printed and ends with `badInput`.
  static func reportingErrors(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let code as ExitCode {
      throw code
    } catch let error as ValidationError {
      throw ValidationError(DisplayText.sanitized("\(error)"))
    } catch {
      Console.error("\(error)")
      throw badInput
    }
  }

  /// Does work on a file; an error that names none of its own gets the file's name.
  static func naming<Result>(_ file: String, _ work: () throws -> Result) throws -> Result {
    do {
      return try work()
    } catch let error as ExecutionError {
      throw NamedError(description: "\(file): \(error)")
    } catch let error as RunError {
      if case .execution = error { throw NamedError(description: "\(file): \(error)") }
      throw error
    }
  }
}

/// An error with the name of its file.
private struct NamedError: Error, CustomStringConvertible {
  let description: String
}
