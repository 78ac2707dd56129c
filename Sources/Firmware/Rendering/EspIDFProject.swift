import Boards

/// A project of ESP-IDF with the component espressif/esp-tflite-micro.
struct EspIDFProject {
  let firmware: Firmware
  /// The folder of the program's component, with a slash at its end.
  let sourceFolder: String

  /// Bytes of code that a program has beside the model, generously.
  private static let codeBytes = 420 * 1024
  /// The partitions for programs of ESP-IDF's two tables with one program.
  private static let (smallPartitionBytes, largePartitionBytes) = (1 << 20, 1536 * 1024)

  private var board: Board? { firmware.target.board }

  var files: [(String, String)] {
    [
      ("CMakeLists.txt", project), ("sdkconfig.defaults", defaults),
      (sourceFolder + "CMakeLists.txt", component), (sourceFolder + "idf_component.yml", dependencies),
    ] + (partitions.map { [("partitions.csv", $0)] } ?? [])
  }

  private var project: String {
    """
    cmake_minimum_required(VERSION 3.16)
    include($ENV{IDF_PATH}/tools/cmake/project.cmake)
    project(\(firmware.name.text))

    """
  }

  private var component: String {
    """
    idf_component_register(SRCS "main.cc" "model_data.cc" INCLUDE_DIRS ".")

    """
  }

  /// The release that the arena's prediction and the names of the resolver's methods were read off.
  private var dependencies: String {
    """
    dependencies:
      idf: ">=5.1"
      espressif/esp-tflite-micro: "^1.4.0"

    """
  }

  private var programBytes: Int { firmware.modelBytes + Self.codeBytes }

  /// A table of its own where the program is larger than those of ESP-IDF allow.
  var partitions: String? {
    guard programBytes > Self.largePartitionBytes else { return nil }
    let pages = (programBytes + 0xFFFF) / 0x1_0000 * 0x1_0000
    return """
      nvs,      data, nvs,     0x9000,  0x6000,
      phy_init, data, phy,     0xf000,  0x1000,
      factory,  app,  factory, 0x10000, 0x\(String(pages, radix: 16)),

      """
  }

  private var defaults: String {
    let lines =
      [
        target.map { "CONFIG_IDF_TARGET=\"\($0)\"" }, "CONFIG_COMPILER_OPTIMIZATION_PERF=y",
        "CONFIG_ESP_MAIN_TASK_STACK_SIZE=8192",
        clock.map { "CONFIG_ESP_DEFAULT_CPU_FREQ_MHZ_\($0)=y" },
        flashMegabytes.map { "CONFIG_ESPTOOLPY_FLASHSIZE_\($0)MB=y" },
      ].compactMap(\.self) + partitionLines + (usesExternalRAM ? externalRAM : [])
    return lines.joined(separator: "\n") + "\n"
  }

  private var partitionLines: [String] {
    if partitions != nil {
      return [
        "CONFIG_PARTITION_TABLE_CUSTOM=y", "CONFIG_PARTITION_TABLE_CUSTOM_FILENAME=\"partitions.csv\"",
      ]
    }
    return programBytes > Self.smallPartitionBytes ? ["CONFIG_PARTITION_TABLE_SINGLE_APP_LARGE=y"] : []
  }

  private var usesExternalRAM: Bool {
    firmware.arenaMemory == .psram || board.map { $0.psramBytes > 0 } ?? false
  }

  /// Boards with 8 MB and more on an ESP32-S3 have it on eight lines.
  private var externalRAM: [String] {
    let isOctal = target == "esp32s3" && (board?.psramBytes ?? 0) >= 8 << 20
    return ["CONFIG_SPIRAM=y"] + (isOctal ? ["CONFIG_SPIRAM_MODE_OCT=y"] : [])
  }

  /// What ESP-IDF calls the chip.
  private var target: String? {
    guard let mcu = board?.mcu.lowercased(), mcu.hasPrefix("esp32") else { return nil }
    return mcu.filter { $0.isLetter || $0.isNumber }
  }

  /// Rates that ESP-IDF has a switch for.
  private var clock: Int? { board?.clockMHz.flatMap { [80, 120, 160, 240].contains($0) ? $0 : nil } }

  private var flashMegabytes: Int? {
    let sizes = [1, 2, 4, 8, 16, 32]
    return board?.usableFlashBytes.flatMap { bytes in sizes.last { $0 << 20 <= bytes } }
  }
}
