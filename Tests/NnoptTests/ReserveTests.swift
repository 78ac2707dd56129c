import Foundation
import Testing

/// What the rest of a firmware takes, in all commands that have a board.
@Suite struct ReserveTests {
  private let model = Tool.model("cnn_int8")

  @Test func frameworksAndSizesAddUp() throws {
    let result = try Tool.run(["plan", model, "--board", "nano33ble", "--reserve", "arduino-mbed+8K"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("15,912 bytes are reserved"), "\(result.output)")
    #expect(result.errors.contains("--reserve arduino-mbed: 7720 bytes"))
    #expect(try Tool.run(["plan", model, "--board", "nano33ble", "--reserve", "windows"]).status == 64)
  }

  @Test func everyCommandCountsTheReserve() throws {
    try Tool.withFolder { folder in
      let board = ["--board", "nano33ble", "--reserve", "250K"]
      let out = folder.appending(path: "out").path
      #expect(try Tool.run(["plan", model] + board).status == 2)
      let export = try Tool.run(["export", model, "--to", out] + board)
      #expect(export.status == 2 && export.output.contains("does not fit"), "\(export.output)")
      let optimized = try Tool.run(["optimize", model, "-o", out + ".tflite"] + board)
      #expect(optimized.status == 2 && optimized.output.contains("does not fit"), "\(optimized.output)")
      #expect(try Tool.run(["optimize", model, "--fit", "--dry-run"] + board).status == 2)
    }
    for command in [["optimize", model, "--dry-run"], ["export", model, "--to", "x"]] {
      #expect(try Tool.run(command + ["--reserve", "1K"]).status == 64)
      #expect(try Tool.run(command + ["--arena", "psram"]).status == 64)
    }
  }
}
