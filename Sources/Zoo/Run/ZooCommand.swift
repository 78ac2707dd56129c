internal import Files

#if canImport(FoundationEssentials)
  internal import FoundationEssentials
#else
  internal import Foundation
#endif

/// Runs nnopt in a process of its own: whatever a model does to it costs only the model's own row.
struct ZooCommand {
  let executable: String
  let seconds: Int
  /// A folder for what is printed.
  let folder: String

  /// How a command ended.
  enum End: Equatable {
    /// It exited with this code, having printed this.
    case exited(Int32, output: [UInt8], errors: String)
    case failed(String)
  }

  /// - Parameter name: tells the command's temporary files from others'.
  func run(_ words: [String], name: String) -> End {
    let streams = ChildProcess.Streams(output: "\(folder)/\(name).out", errors: "\(folder)/\(name).err")
    defer {
      for file in [streams.output, streams.errors] { try? FileManager.default.removeItem(atPath: file) }
    }
    // Colours and widths of this terminal are nothing to the command; a crash is told in one line.
    var environment = ProcessInfo.processInfo.environment
    environment.merge(["SWIFT_BACKTRACE": "enable=no", "NO_COLOR": "1"]) { $1 }
    guard
      let process = ChildProcess(executable, arguments: words, environment: environment, streams: streams)
    else { return .failed("nnopt cannot be started: too many processes, or no memory") }
    let isLate = !process.waits(seconds: seconds)
    if isLate { process.terminate() }
    switch process.wait() {
    case _ where isLate: return .failed("it takes longer than \(seconds) seconds")
    case .signalled(let signal):
      return .failed(
        "nnopt crashed with it, or it takes more memory than there is (signal \(signal)); this is a bug in nnopt"
      )
    case .exited(let code):
      guard let output = try? FileReading.bytes(of: streams.output) else {
        return .failed("what nnopt printed cannot be read: is the disk full?")
      }
      let errors = (try? FileReading.bytes(of: streams.errors)) ?? []
      return .exited(code, output: output, errors: String(decoding: errors, as: UTF8.self))
    }
  }
}
