import Files
import Reporting

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Runs a command on several models in a process of its own, so that a model with which nnopt crashes, hangs or takes
/// all memory costs only its own row.
///
/// The process says which model it begins, and prints nothing before it has done all. Where it ends on the way, it is
/// run again without the model that it had begun.
struct Batch {
  /// A model that is left out, by its position, and why.
  struct Loss: Equatable {
    let position: Int
    let reason: String

    init(position: Int, reason: String) { (self.position, self.reason) = (position, reason) }

    /// As `argument` writes it.
    init?(argument: String) {
      let parts = argument.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let position = Int(parts[0]) else { return nil }
      self.init(position: position, reason: String(parts[1]))
    }

    var argument: String { "\(position):\(reason)" }
  }

  /// The file that is run, with what makes it a member of the batch.
  let executable: URL
  /// The arguments of a member that leaves out some models.
  let arguments: ([Loss]) -> [String]
  let count: Int
  /// Seconds that one model may take.
  var seconds = 600

  /// The file of the running program; nil where the system does not say.
  static var ownExecutable: URL? {
    #if os(Linux)
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")).map { URL(filePath: $0) }
    #else
      Bundle.main.executableURL
    #endif
  }

  /// Says, in a member, which model begins.
  ///
  /// Nothing is read from the standard input: a member has there the pipe on which it says where it is.
  static func begin(_ position: Int) {
    StandardStream.input.write("\(position)\n")
  }

  /// Limits, in a member, the memory to that of the machine: what asks for more fails at once.
  static func limitMemory() {
    let bytes = rlim_t(ProcessInfo.processInfo.physicalMemory)
    var limit = rlimit(rlim_cur: bytes, rlim_max: bytes)
    #if canImport(Glibc)
      unsafe setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    #else
      unsafe setrlimit(RLIMIT_AS, &limit)
    #endif
  }

  /// - Returns: the exit code of the process that has done all; nil where none can be started.
  func run() -> Int32? {
    var losses: [Loss] = []
    while true {
      guard let end = runMember(without: losses) else { return nil }
      switch end {
      case .done(let code): return code
      case .lost(let loss):
        guard losses.allSatisfy({ $0.position != loss.position }), losses.count < count else { return nil }
        losses.append(loss)
      }
    }
  }

  private enum End {
    case done(Int32)
    case lost(Loss)
  }

  private func runMember(without losses: [Loss]) -> End? {
    // A crash is told in one line of the batch's own.
    let environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
    guard
      let process = ChildProcess(executable.path, arguments: arguments(losses), environment: environment)
    else { return nil }
    let (position, isLate) = follow(process)
    switch (position, process.wait()) {
    case (nil, .exited(let code)), (nil, .signalled(let code)): return .done(code)
    case (let position?, _) where isLate:
      return .lost(Loss(position: position, reason: "it takes longer than \(seconds) seconds"))
    case (_?, .exited(let code)): return .done(code)
    case (let position?, .signalled(let signal)):
      let reason =
        "nnopt crashed with it, or it takes more memory than there is (signal \(signal)); this is a bug in nnopt"
      return .lost(Loss(position: position, reason: reason))
    }
  }

  /// Reads which model is begun until the process ends, and ends it where one takes too long.
  private func follow(_ process: ChildProcess) -> (position: Int?, isLate: Bool) {
    var (position, rest): (Int?, String) = (nil, "")
    while true {
      if !process.waits(seconds: seconds) {
        process.terminate()
        return (position, true)
      }
      let bytes = process.read()
      if bytes.isEmpty { return (position, false) }
      let lines = (rest + String(decoding: bytes, as: UTF8.self))
        .split(separator: "\n", omittingEmptySubsequences: false)
      rest = String(lines.last ?? "")
      position = lines.dropLast().last.flatMap { Int($0) } ?? position
    }
  }
}
