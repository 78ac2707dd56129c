/// What a build system needs beside the sources.
struct ProjectRenderer {
  let firmware: Firmware

  /// Partitions of 1 MB, the default of ESP-IDF, have room for programs with models below this size.
  private static let smallModelBytes = 600 * 1024

  var files: [GeneratedFile] {
    guard firmware.format == .espIDF else { return [] }
    return [
      ("CMakeLists.txt", project), ("sdkconfig.defaults", defaults), ("main/CMakeLists.txt", component),
      ("main/idf_component.yml", dependencies),
    ].map { path, text in
      GeneratedFile(path: path, comment: "#", source: firmware.source, text: Array(text.utf8))
    }
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

  private var defaults: String {
    let large =
      firmware.modelBytes < Self.smallModelBytes ? "" : "CONFIG_PARTITION_TABLE_SINGLE_APP_LARGE=y\n"
    return """
      CONFIG_COMPILER_OPTIMIZATION_PERF=y
      CONFIG_ESP_MAIN_TASK_STACK_SIZE=8192
      \(large)
      """
  }
}
