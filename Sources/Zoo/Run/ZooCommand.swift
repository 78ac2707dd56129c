internal import Files

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif
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
  let stop: ZooStop

  /// How a command ended.
  enum End: Equatable {
    /// It exited with this code, having printed this.
    case exited(Int32, output: [UInt8], errors: String)
    case failed(String)
    /// It failed for a reason that is none of the model's: another time it may not.
    case disturbed(String)
    /// The run was stopped.
    case stopped
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
    let started = stop.start {
      ChildProcess(executable, arguments: words, environment: environment, streams: streams)
    }
    guard let (number, process) = started else {
      return stop.isRequested
        ? .stopped : .disturbed("nnopt cannot be started: too many processes, or no memory")
    }
    let isLate = !process.waits(seconds: seconds)
    if isLate { process.terminate() }
    stop.forget(number)
    let end = process.wait()
    if stop.isRequested { return .stopped }
    switch end {
    case _ where isLate: return .failed("it takes longer than \(seconds) seconds")
    case .signalled(let signal): return signalled(signal)
    case .exited(let code):
      guard let output = try? FileReading.bytes(of: streams.output) else {
        return .disturbed("what nnopt printed cannot be read: is the disk full?")
      }
      let errors = (try? FileReading.bytes(of: streams.errors)) ?? []
      return .exited(code, output: output, errors: String(decoding: errors, as: UTF8.self))
    }
  }

  private func signalled(_ signal: Int32) -> End {
    if stop.isBehind(signal) { return .stopped }
    switch signal {
    case SIGKILL: return .disturbed("the system ended nnopt: is there too little memory? (signal \(signal))")
    case SIGINT, SIGTERM, SIGHUP: return .disturbed("something ended nnopt from outside (signal \(signal))")
    default: return .failed("nnopt crashed with it (signal \(signal)); this is a bug in nnopt")
    }
  }
}
