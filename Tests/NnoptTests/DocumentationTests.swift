import Foundation
import Testing

/// What the guides name exists.
@Suite struct DocumentationTests {
  @Test(arguments: ["CONTRIBUTING.md", "AGENTS.md", "README.md", "Documentation/Architecture.md"])
  func namedFilesExist(page: String) throws {
    let url = Tool.project.appending(path: page)
    let text = try String(contentsOf: url, encoding: .utf8)
    let quoted = text.matches(of: /`((?:Sources|Tests|Scripts|Documentation|Reports|Models)\/[^` …*]+)`/)
      .map { String($0.1) }
    let linked = text.matches(of: /\]\(([^)#:]+)\)/).map { String($0.1) }
    #expect(!quoted.isEmpty || !linked.isEmpty)
    for path in quoted.map({ $0.split(separator: " ").first.map(String.init) ?? $0 }) {
      #expect(exists(path, from: Tool.project), "\(page) names \(path)")
    }
    for path in linked {
      #expect(exists(path, from: url.deletingLastPathComponent()), "\(page) links to \(path)")
    }
  }

  private func exists(_ path: String, from folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.appending(path: path).path)
  }

  /// The targets of the drawing are those of the package.
  @Test func theDrawingNamesEveryTarget() throws {
    let page = try String(
      contentsOf: Tool.project.appending(path: "Documentation/Architecture.md"), encoding: .utf8)
    let package = try String(contentsOf: Tool.project.appending(path: "Package.swift"), encoding: .utf8)
    let names = package.matches(of: /library\(\s*"(\w+)"/).map { String($0.1) }
    #expect(names.count > 8)
    for name in names { #expect(page.contains(name), "\(name)") }
  }
}
