import Foundation
import Testing

@testable import Zoo

@Suite struct RawPathTests {
  private let names: [[UInt8]] = [
    Array("a/plain-1.tflite".utf8), Array("it's \"odd\" $(x) `y`\\z".utf8), Array("-o.tflite".utf8),
    Array("new\nline\u{1B}[31m\r\t'\\".utf8), [0xFF, 0xFE, 0x2E, 0x39], Array("é模\u{202E}x".utf8),
  ]

  @Test func wordsAreWhatAShellTakes() {
    #expect(RawPath("a/plain-1.tflite").shellWord == "a/plain-1.tflite")
    #expect(RawPath("a b").shellWord == "'a b'")
    #expect(RawPath("-o").shellWord == "./-o")
    #expect(RawPath(bytes: [0xFF, 0x0A, 0x27]).shellWord == #"$'\xFF\n\''"#)
    for name in names {
      #expect(
        RawPath(bytes: name).shellWord.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 0x202E })
    }
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/bin/bash"), "there is no bash"))
  func bashFindsTheSameBytes() throws {
    for name in names {
      let process = Process()
      process.executableURL = URL(filePath: "/bin/bash")
      process.arguments = ["-c", "printf %s \(RawPath(bytes: name).shellWord)"]
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let found = Array(output.fileHandleForReading.readDataToEndOfFile())
      process.waitUntilExit()
      #expect(found == (name.first == 0x2D ? Array("./".utf8) : []) + name)
    }
  }

  @Test func noTwoNamesHaveOneText() {
    let texts = names.map { RawPath(bytes: $0).text } + [RawPath(#"\xFF"#).text, RawPath(bytes: [0xFF]).text]
    #expect(Set(texts).count == texts.count)
    #expect(RawPath("e\u{301}").asciiText == #"e\xCC\x81"#)
  }
}
