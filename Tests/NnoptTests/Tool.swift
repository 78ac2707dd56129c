import Foundation

/// The built tool, run as a user would run it.
struct Tool {
  struct Result {
    let status: Int32
    let output: String
    let errors: String
  }

  struct Missing: Error {}

  /// The folder of the project.
  static let project = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A model of our own, by name.
  static func model(_ name: String) -> String {
    project.appending(path: "Models/\(name).tflite").path
  }

  /// Runs the tool outside a terminal, with a plain environment.
  static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Result {
    let process = Process()
    process.executableURL = try binary()
    process.arguments = arguments
    process.environment = ["LANG": "C.UTF-8"].merging(environment) { $1 }
    let output = Pipe()
    let errors = FileManager.default.temporaryDirectory.appending(path: "nnopt-\(UUID().uuidString).err")
    try Data().write(to: errors)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  /// Runs the work with a new folder, which is removed behind it.
  static func withFolder<Result>(_ work: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "nnopt-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try work(folder)
  }

  static func binary() throws -> URL {
    let bundle = URL(filePath: CommandLine.arguments.first ?? "").resolvingSymlinksInPath()
    for folder in [bundle.deletingLastPathComponent(), Bundle.main.bundleURL] {
      let candidate = folder.appending(path: "nnopt")
      if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
    }
    throw Missing()
  }
}
