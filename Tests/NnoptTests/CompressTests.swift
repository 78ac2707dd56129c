import Foundation
import Testing

@Suite struct CompressTests {
  private let model = Tool.model("cnn_int8")

  @Test func codedWeightsGiveTheSameAnswers() throws {
    try Tool.withFolder { folder in
      let output = folder.appending(path: "coded.tflite").path
      let result = try Tool.run([
        "optimize", model, "-o", output, "--compress", "huffman", "--compress-arena", "1M", "--kernels",
        "reference",
      ])
      #expect(result.status == 0, "\(result.errors)")
      #expect(result.output.contains("(Huffman)"))
      #expect(result.output.contains("file −"))
      let check = try Tool.run(["check", model, output])
      #expect(check.status == 0, "\(check.errors)")
      let inspected = try Tool.run(["inspect", output])
      #expect(inspected.output.contains("TFLM_DECODE"))
      let exported = try Tool.run(["export", output, "--to", folder.appending(path: "out").path])
      #expect(exported.status == 0, "\(exported.errors)")
      #expect((exported.output + exported.errors).contains("2025-10"))
    }
  }

  @Test func withoutRoomTheReportSaysHowMuchIsNeeded() throws {
    let result = try Tool.run([
      "optimize", model, "--dry-run", "--compress", "huffman", "--kernels", "reference", "--json",
    ])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("--compress-arena"))
  }

  @Test func roomWithoutCodingIsAMistake() throws {
    let result = try Tool.run(["optimize", model, "--dry-run", "--compress-arena", "1K"])
    #expect(result.status == 64)
    #expect(result.errors.contains("--compress-arena means something with --compress or --weights int4 only"))
  }
}
