import Foundation
import Testing

/// Versions of kernel libraries on the command line, in texts, JSON and sources.
@Suite struct KernelVersionTests {
  private let model = Tool.model("cnn_int8")

  private func tflm32(_ options: [String]) throws -> [String: Any] {
    let result = try Tool.run(["plan", model, "--board", "esp32-s3", "--json"] + options)
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let entry = try #require((document["models"] as? [[String: Any]])?.first)
    return try #require(entry["tflm32"] as? [String: Any])
  }

  @Test func figuresAreForTheVersion() throws {
    let old = try tflm32(["--kernels", "esp-nn@1.1.2"])
    let new = try tflm32([])
    #expect(old["kernelsVersion"] as? String == "esp-nn 1.1.2")
    #expect(new["kernelsVersion"] as? String == "esp-nn 1.2.3+pr37")
    #expect(old["tflmVersion"] as? String == "2026-08")
    #expect(old["stockSmallestArenaBytes"] as? Int != new["stockSmallestArenaBytes"] as? Int)
  }

  @Test func textNamesTheVersions() throws {
    let text = try Tool.run(["plan", model, "--board", "esp32-s3", "--kernels", "esp-nn@1.2.0"])
      .output
    #expect(text.contains("TFLM of 2026-08, esp-nn 1.2.0, cmsis-nn 7.0.0"))
  }

  @Test(arguments: ["plan", "export"])
  func unknownVersionsAreNamed(command: String) throws {
    try Tool.withFolder { folder in
      let place = command == "export" ? ["--to", folder.path] : []
      let result = try Tool.run([command, model, "--kernels", "esp-nn@2.0"] + place)
      #expect(result.status == 64)
      #expect(result.errors.contains("it knows 1.0.0") && result.errors.contains("1.2.3"))
    }
  }

  @Test func sourcesNameTheVersion() throws {
    try Tool.withFolder { folder in
      let result = try Tool.run([
        "export", model, "--board", "esp32-s3", "--kernels", "esp-nn@1.2.1", "--to", folder.path,
        "--json",
      ])
      #expect(result.output.contains("\"kernelsVersion\" : \"esp-nn 1.2.1\""))
      let settings = try String(
        contentsOf: folder.appending(path: "main/model_settings.h"), encoding: .utf8)
      #expect(settings.replacing("\n// ", with: " ").contains("esp-nn 1.2.1"))
    }
  }
}
