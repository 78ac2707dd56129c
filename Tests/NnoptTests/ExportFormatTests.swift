import Foundation
import Testing

/// The projects that `nnopt export` writes.
@Suite struct ExportFormatTests {
  private let model = Tool.model("cnn_int8")

  private func export(_ arguments: [String], _ name: String = "sketch") throws -> (
    Tool.Result, [String: String]
  ) {
    try Tool.withFolder { folder in
      let target = folder.appending(path: name)
      let result = try Tool.run(["export", model, "--to", target.path] + arguments)
      var texts: [String: String] = [:]
      let all = FileManager.default.enumerator(at: target, includingPropertiesForKeys: nil)
      for case let file as URL in all ?? .init() {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
        texts[String(file.path.dropFirst(target.path.count + 1))] = text
      }
      return (result, texts)
    }
  }

  @Test(arguments: [
    (["--format", "c"], ["CMakeLists.txt", "main.cc", "model_data.cc"]),
    (["--format", "arduino", "--board", "nano33ble"], ["sketch.ino", "model_data.cpp"]),
    (
      ["--format", "esp-idf", "--board", "esp32-s3"],
      ["CMakeLists.txt", "main/main.cc", "main/idf_component.yml", "sdkconfig.defaults"]
    ),
    (
      ["--format", "platformio", "--board", "esp32"],
      ["platformio.ini", "src/main.cc", "src/idf_component.yml", "sdkconfig.defaults"]
    ),
    (["--format", "platformio", "--board", "nano33ble"], ["platformio.ini", "src/main.cc"]),
    (["--format", "zephyr", "--board", "nano33ble"], ["CMakeLists.txt", "prj.conf", "src/main.cc"]),
  ])
  func projectsHaveTheirFiles(arguments: [String], files: [String]) throws {
    let (result, texts) = try export(arguments)
    #expect(result.status == 0, "\(result.errors)")
    #expect(Set(files).isSubset(of: texts.keys), "\(texts.keys.sorted())")
    #expect(result.output.contains("Next"))
  }

  @Test func chipsAreSetUp() throws {
    let (_, texts) = try export(["--board", "esp32-s3-n16r8"])
    let settings = try #require(texts["sdkconfig.defaults"])
    for line in [
      "CONFIG_IDF_TARGET=\"esp32s3\"", "CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_240=y",
      "CONFIG_ESPTOOLPY_FLASHSIZE_16MB=y", "CONFIG_SPIRAM_MODE_OCT=y",
    ] {
      #expect(settings.contains(line + "\n"), "\(line)")
    }
  }

  @Test func anArenaInExternalRAMIsAllocated() throws {
    let (result, texts) = try export(["--board", "esp32-s3-n16r8", "--arena", "psram"])
    #expect(result.status == 0, "\(result.errors)")
    let source = try #require(texts["main/main.cc"])
    #expect(source.contains("heap_caps_aligned_alloc(16, ") && source.contains("MALLOC_CAP_SPIRAM"))
    #expect(!source.contains("tensor_arena["))
    #expect(try export(["--board", "teensy41", "--arena", "psram"]).0.status == 64)
    #expect(try export(["--board", "esp32-c3", "--arena", "psram"]).0.status == 2)
  }

  @Test(arguments: [
    ["--format", "esp-idf", "--board", "nano33ble"], ["--format", "arduino", "--board", "esp32"],
    ["--format", "platformio"], ["--format", "platformio", "--board", "corstone-300"],
  ])
  func whatDoesNotBelongTogetherIsRefused(arguments: [String]) throws {
    #expect(try export(arguments).0.status == 64)
  }

  @Test func aSketchHasItsFoldersName() throws {
    let (result, texts) = try export(["--format", "arduino"], "my-sketch.1")
    #expect(result.status == 0 && texts["my-sketch.1.ino"] != nil)
    #expect(try export(["--format", "arduino"], "my sketch").0.status == 64)
  }
}
