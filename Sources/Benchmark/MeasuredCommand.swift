import ArgumentParser
import Foundation

/// A run of nnopt in a process of its own, and what it took.
struct MeasuredCommand {
  /// Of all threads, in the program and in the system.
  let seconds: Double
  /// The largest resident set.
  let megabytes: Int
  let output: Data

  /// - Parameter nnopt: the program; nil for the one beside this one.
  static func run(_ nnopt: String?, _ arguments: [String]) throws -> MeasuredCommand {
    let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    let program = nnopt ?? beside.appending(path: "nnopt").path
    let figures = FileManager.default.temporaryDirectory.appending(path: "figures-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: figures) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    // The process has no other child whose memory could be mistaken for the program's.
    process.arguments = ["time", "-o", figures.path, "-f", "%U %S %M", program] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = try String(contentsOf: figures, encoding: .utf8)
    let numbers = text.split(separator: "\n").last?.split(separator: " ").compactMap { Double($0) } ?? []
    guard numbers.count == 3 else { throw ValidationError("'time' did not say what it took: \(text)") }
    return MeasuredCommand(
      seconds: numbers[0] + numbers[1], megabytes: Int(numbers[2] / 1024), output: bytes)
  }
}
