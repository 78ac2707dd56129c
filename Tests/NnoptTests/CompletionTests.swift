import Foundation
import Testing

/// What a shell offers behind the words of a command line.
@Suite struct CompletionTests {
  /// What bash offers for the last word.
  private func offers(_ words: [String], in folder: URL = Tool.project) throws -> [String] {
    let script = """
      source <("$0" --generate-completion-script bash)
      COMP_WORDS=("$0" "$@") COMP_CWORD=$# COMP_LINE="$0 $*"
      COMP_POINT=${#COMP_LINE}
      _nnopt "$0" "${COMP_WORDS[$#]}" "${COMP_WORDS[$#-1]}"
      printf '%s\\n' "${COMPREPLY[@]}"
      """
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-c", script, try Tool.binary().path] + words
    process.currentDirectoryURL = folder
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  @Test(arguments: [["plan", "--board", "nano33"], ["export", "--board", "nano33"], ["boards", "nano33"]])
  func boardsAreCompleted(words: [String]) throws {
    let found = try offers(words)
    #expect(found.contains("nano33ble"))
    #expect(found.allSatisfy { $0.hasPrefix("nano33") })
  }

  @Test func boardsOfOnesOwnAreCompleted() throws {
    try Tool.withFolder { folder in
      try Data("id,sram_bytes\nmine,65536\n".utf8).write(to: folder.appending(path: "my.csv"))
      let words = ["plan", "--boards", "my.csv", "--board", "min"]
      #expect(try offers(words, in: folder) == ["mine"])
    }
  }

  @Test(arguments: [
    (["plan", "--kernels", "e"], ["esp-nn"]), (["plan", "--order", "br"], ["breadth-first"]),
    (["plan", "--format", "j"], ["json", "junit"]), (["plan", "--fail-over-f"], ["--fail-over-flash"]),
    (["plan", "Models/cnn_i"], ["Models/cnn_int8.tflite"]), (["check", "--labels", "Mod"], ["Models"]),
  ])
  func choicesAndFilesAreCompleted(words: [String], expected: [String]) throws {
    #expect(try offers(words).sorted() == expected)
  }
}
