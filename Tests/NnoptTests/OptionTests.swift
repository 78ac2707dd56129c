import Foundation
import Testing

/// Options that would be ignored are refused, and files that nobody reads have to be there.
@Suite struct OptionTests {
  @Test(arguments: [
    ["--ranges", "auto"], ["--per-channel-dense"], ["--no-equalization"],
    ["--prune-first", "--prune", "channels:10%"], ["--quantize", "float16", "--ranges", "auto"],
    ["--reserve", "10K"],
    ["--max-extra-macs", "3%"],
  ])
  func lonelyOptionsAreRefused(options: [String]) throws {
    let result = try Tool.run(["optimize", Tool.model("cnn_float32"), "--dry-run"] + options)
    #expect(result.status == 64, "\(options): \(result.output)")
  }

  @Test func filesThatNobodyReadsHaveToBeThere() throws {
    let model = Tool.model("cnn_float32")
    for options in [["--calibrate", "nope.npy"], ["--boards", "nope.csv"]] {
      let result = try Tool.run(["optimize", model, "--dry-run"] + options)
      #expect(result.status == 1 && result.errors.contains("nope"), "\(options)")
    }
  }

  @Test func memoryOfNoBoardIsRefused() throws {
    for options in [["--reserve", "10K"], ["--arena", "psram"]] {
      #expect(try Tool.run(["plan", Tool.model("cnn_int8")] + options).status == 64)
    }
  }

  @Test func aWrongStateIsSaidInEveryFormat() throws {
    for format in ["json", "csv", "junit", "markdown"] {
      let result = try Tool.run([
        "plan", Tool.model("streaming_float32"), "--state", "x=y", "--format", format,
      ])
      #expect(result.status == 1)
      #expect(result.output.contains("--state") && !result.output.contains("ExitCode"), "\(format)")
    }
  }

  @Test func everyCommandReadsCArrays() throws {
    try Tool.withFolder { folder in
      let bytes = try Data(contentsOf: URL(filePath: Tool.model("cnn_int8")))
      let file = folder.appending(path: "model.h").path
      let text = "const unsigned char m[] = {\(bytes.map { "\($0)" }.joined(separator: ","))};"
      try Data(text.utf8).write(to: URL(filePath: file))
      let output = folder.appending(path: "sketch").path
      let commands = [
        ["plan", file], ["inspect", file], ["run", file, "--samples", "1"],
        ["diff", file, Tool.model("cnn_int8")],
        ["check", file, file, "--samples", "1"], ["optimize", file, "--dry-run"],
        ["export", file, "--board", "uno-r4", "--to", output],
      ]
      for command in commands {
        let result = try Tool.run(command)
        #expect(result.status == 0, "\(command): \(result.errors)")
      }
      let written = try FileManager.default.contentsOfDirectory(atPath: output)
      #expect(written.count > 2)
    }
  }

  @Test func floatsOfIntegerActivationsAreRefusedWithAReason() throws {
    let result = try Tool.run(["optimize", Tool.model("cnn_int8"), "--dry-run", "--quantize", "float32"])
    #expect(result.output.contains("activations are int8"), "\(result.output)")
  }
}
