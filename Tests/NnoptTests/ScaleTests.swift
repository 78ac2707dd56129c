import Foundation
import Testing

/// The scale that somebody forgot.
@Suite struct ScaleTests {
  private let model = Tool.model("cnn_float32")

  private func pixels(_ folder: URL) throws -> String {
    try Tool.npy([12, 28, 28, 1], ofBytesIn: folder) { UInt8($0 * 7919 % 256) }
  }

  @Test func pixelsWithoutScaleStopAndSayWhich() throws {
    try Tool.withFolder { folder in
      let (data, output) = (try pixels(folder), folder.appending(path: "x.tflite").path)
      let arguments = ["optimize", model, "-o", output, "--quantize", "int8", "--calibrate", data]
      let result = try Tool.run(arguments)
      #expect(result.status == 1)
      #expect(!FileManager.default.fileExists(atPath: output))
      for text in ["--scale 1/255", "--mean 127.5 --scale 1/127.5", "--scale 1 "] {
        #expect(result.errors.contains(text), "\(result.errors)")
      }
      let command = try #require(
        result.errors.split(separator: "\n").first { $0.hasPrefix("such as: nnopt ") })
      let words = command.dropFirst("such as: nnopt ".count).split(separator: " ").map(String.init)
      #expect(words == arguments + ["--scale", "1/255"])
      #expect(try Tool.run(words).status == 0)
      for scale in [["--scale", "1"], ["--mean", "127.5", "--scale", "1/127.5"]] {
        #expect(try Tool.run(arguments + scale).status == 0, "\(scale)")
      }
    }
  }

  @Test func dataToJudgeWithAreLookedAtToo() throws {
    try Tool.withFolder { folder in
      let data = try pixels(folder)
      let result = try Tool.run([
        "optimize", model, "--dry-run", "--prune", "magnitude:50%", "--data", data, "--max-drop", "5",
      ])
      #expect(result.status == 1 && result.errors.contains("--scale 1/255"))
    }
  }

  @Test func fractionsAreNumbers() throws {
    try Tool.withFolder { folder in
      let data = try pixels(folder)
      var answers: [Data] = []
      for scale in ["1/255", "0.00392156862745098"] {
        let output = folder.appending(path: "y.npy")
        let result = try Tool.run([
          "run", model, "--input", data, "--output", output.path, "--scale", scale,
        ])
        #expect(result.status == 0, "\(result.errors)")
        answers.append(try Data(contentsOf: output))
        #expect(
          try Tool.run(["check", model, Tool.model("cnn_int8"), "--data", data, "--scale", scale]).status == 0
        )
      }
      #expect(answers[0] == answers[1])
      for wrong in ["1/0", "1/", "/2", "1/2/3", "x", "nan", "1e999"] {
        #expect(try Tool.run(["run", model, "--input", data, "--scale", wrong]).status == 64, "\(wrong)")
      }
    }
  }
}
