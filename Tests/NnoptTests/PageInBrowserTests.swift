import Foundation
import Testing

/// Pages in a real browser, by `Scripts/zoo/check_page.py`: they render, sort, filter and open a model without an error
/// and without any network.
@Suite struct PageInBrowserTests {
  /// The path of a program; nil where there is none.
  private static func program(_ name: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(name)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// A browser that speaks the DevTools protocol.
  private static var browser: String? {
    ["chromium", "chromium-browser", "google-chrome"].lazy.compactMap { program($0) }.first
  }

  private static var isPossible: Bool { browser != nil && program("python3") != nil }

  /// - Returns: what the check says; empty where all is well.
  private func failures(of page: String) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: try #require(Self.program("python3")))
    process.arguments = [
      Tool.project.appending(path: "Scripts/zoo/check_page.py").path, page,
      "--browser", try #require(Self.browser),
    ]
    let errors = Pipe()
    (process.standardOutput, process.standardError) = (FileHandle.nullDevice, errors)
    try process.run()
    let text = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let said = String(decoding: text, as: UTF8.self)
    return process.terminationStatus == 0 ? said : "code \(process.terminationStatus): \(said)"
  }

  @Test(.enabled(if: isPossible, "there is no chromium, or no python3"))
  func aZooOfOddNamesWorks() throws {
    try Tool.withFolder { folder in
      let models = folder.appending(path: "models")
      try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
      let names = [
        "</script>".replacing("/", with: "\u{2215}") + "\"><script>alert(1)<!--",
        "\u{202E}new\nline \u{1B}[31m",
        "=a|b`c`&amp;%2e#x?y é", String(repeating: "long", count: 50),
      ]
      for (index, name) in names.enumerated() {
        let model = Tool.model(["while_float32", "streaming_float32"][index % 2])
        try FileManager.default.copyItem(atPath: model, toPath: "\(models.path)/\(name).tflite")
      }
      try Data("no model".utf8).write(to: models.appending(path: "bad.tflite"))
      let (out, page) = (folder.path + "/zoo", folder.path + "/zoo.html")
      #expect(
        try Tool.run(["zoo", models.path, "--board", "esp32", "--board", "nano33ble", "--out", out]).status
          == 5)
      #expect(try Tool.run(["zoo", "report", out, "--format", "html", "-o", page]).status == 0)
      #expect(try failures(of: page) == "")
    }
  }

  @Test(.enabled(if: isPossible, "there is no chromium, or no python3"))
  func thePageOfOneModelWorks() throws {
    try Tool.withFolder { folder in
      let page = folder.path + "/one.html"
      let result = try Tool.run([
        "optimize", Tool.model("cnn_float32"), "-o", folder.path + "/x.tflite", "--strip", "--html", page,
      ])
      #expect(result.status == 0)
      #expect(try failures(of: page) == "")
    }
  }
}
