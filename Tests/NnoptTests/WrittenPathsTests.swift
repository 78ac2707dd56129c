import Foundation
import Testing

/// No command replaces what it reads, by whatever path, unless it is told to.
@Suite struct WrittenPathsTests {
  /// A folder with everything that a command may read.
  private struct Place {
    let folder: URL

    init(_ folder: URL) throws {
      self.folder = folder
      try FileManager.default.copyItem(
        atPath: Tool.model("cnn_int8"), toPath: folder.appending(path: "model.tflite").path)
      try FileManager.default.createDirectory(
        at: folder.appending(path: "front"), withIntermediateDirectories: true)
      try FileManager.default.createDirectory(
        at: folder.appending(path: "images/0"), withIntermediateDirectories: true)
      for name in ["x.npy", "labels.csv", "boards.csv", "state.json", "images/0/a.png"] {
        try Data("not empty".utf8).write(to: folder.appending(path: name))
      }
      for name in ["front/front-01.tflite", "main.cc"] {
        try FileManager.default.linkItem(
          atPath: folder.appending(path: "model.tflite").path, toPath: folder.appending(path: name).path)
      }
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: "link").path, withDestinationPath: "model.tflite")
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: "here").path, withDestinationPath: ".")
    }

    /// The bytes of every file.
    var contents: [String: Data] {
      get throws {
        var result: [String: Data] = [:]
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
          result[name] = FileManager.default.contents(atPath: folder.appending(path: name).path)
        }
        return result
      }
    }

    /// - Parameter words: the command, with `@` for the folder.
    func run(_ words: String) throws -> Tool.Result {
      try Tool.run(words.split(separator: " ").map { $0.replacingOccurrences(of: "@", with: folder.path) })
    }
  }

  @Test(arguments: [
    ("plan @/model.tflite --svg @/model.tflite", "the model"),
    ("plan @/model.tflite -o @/model.tflite", "the model"),
    ("plan @/model.tflite -o @/here/./link", "the model"),
    ("plan @/link --output @/main.cc", "the model"),
    ("plan @/model.tflite --boards @/boards.csv --svg @/boards.csv", "the boards"),
    ("check @/model.tflite @/link --svg @/here/model.tflite", "the model"),
    ("check @/model.tflite @/link --data @/x.npy --svg @/x.npy", "the data"),
    ("check @/link @/link --data @/x.npy --labels @/labels.csv --svg @/labels.csv", "the labels"),
    ("run @/model.tflite --output @/model.tflite", "the model"),
    ("run @/model.tflite --input @/x.npy --output @/here/x.npy", "the data"),
    ("run @/model.tflite --input @/images --output @/images/0/a.png", "the data"),
    ("optimize @/model.tflite -o @/model.tflite", "the model"),
    ("optimize @/model.tflite -o @/x.npy --quantize int8 --calibrate @/x.npy", "the data"),
    ("optimize @/model.tflite -o @/x.npy --data @/x.npy", "the data"),
    ("optimize @/model.tflite -o @/o --search --svg @/link", "the model"),
    ("optimize @/model.tflite -o @/o --search --resume @/link", "the model"),
    ("optimize @/model.tflite -o @/o --search --front @/front", "the model"),
    ("optimize @/model.tflite --dry-run --boards @/boards.csv --search --svg @/boards.csv", "the boards"),
    ("place @/boards.csv --output @/here/boards.csv", "the buffers"),
    ("export @/model.tflite --to @", "the model"),
  ])
  func whatIsReadStays(words: String, what: String) throws {
    try Tool.withFolder { folder in
      let place = try Place(folder)
      let before = try place.contents
      let result = try place.run(words)
      #expect(result.status == 64, "\(result.errors)")
      #expect(result.errors.contains("would replace \(what)"), "\(result.errors)")
      #expect(result.errors.contains("--force"))
      #expect(try place.contents == before)
    }
  }

  @Test(arguments: [
    "plan @/model.tflite --svg @/new --output @/here/./new",
    "plan @/model.tflite --svg @/none/new --output @/here/none//new --force",
    "run @/model.tflite --output @/y.npy --output @/here/y.npy",
    "optimize @/model.tflite --search --resume @/state.json -o @/here/state.json --force",
    "optimize @/model.tflite --search --svg @/a -o @/a",
    "optimize @/model.tflite --search --front @/front -o @/here/front/front-03.tflite",
  ])
  func noFileIsWrittenTwice(words: String) throws {
    try Tool.withFolder { folder in
      let place = try Place(folder)
      let before = try place.contents
      let result = try place.run(words)
      #expect(result.status == 64, "\(result.errors)")
      #expect(result.errors.contains("name the same file") || result.errors.contains("twice"))
      #expect(try place.contents == before)
    }
  }

  @Test(arguments: [
    "plan @/model.tflite -o @/model.tflite --force", "optimize @/model.tflite -o @/link --force",
    "plan @/model.tflite --svg @/model.tflite --force", "check @/link @/model.tflite --svg @/link --force",
    "run @/model.tflite --samples 1 --output @/model.tflite --force",
  ])
  func forceReplacesIt(words: String) throws {
    try Tool.withFolder { folder in
      let place = try Place(folder)
      let before = try place.contents
      let result = try place.run(words)
      #expect(result.status == 0, "\(result.errors)")
      #expect(try place.contents["model.tflite"] != before["model.tflite"])
      #expect(
        try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder.path)/link") == "model.tflite")
    }
  }

  @Test func otherFilesAreReplacedUnasked() throws {
    try Tool.withFolder { folder in
      let place = try Place(folder)
      #expect(try place.run("plan @/model.tflite --svg @/x.npy -o @/state.json").status == 0)
      #expect(try place.run("plan @/model.tflite --svg /dev/null -o /dev/null").status == 0)
      #expect(try place.run("run @/model.tflite --samples 1 --output @/images/0/a.png").status == 0)
    }
  }
}
