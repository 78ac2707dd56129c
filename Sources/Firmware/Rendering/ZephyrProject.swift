/// An application of Zephyr with the module tflite-micro.
struct ZephyrProject {
  let firmware: Firmware

  /// Bytes of stack for `main`, which runs the model.
  private static let stackBytes = 8192

  var files: [(String, String)] { [("CMakeLists.txt", project), ("prj.conf", settings)] }

  private var project: String {
    """
    # The module tflite-micro is optional:
    #   west config manifest.project-filter -- +tflite-micro && west update
    cmake_minimum_required(VERSION 3.20.0)
    find_package(Zephyr REQUIRED HINTS $ENV{ZEPHYR_BASE})
    project(\(firmware.name.text))

    target_sources(app PRIVATE src/main.cc src/model_data.cc)

    """
  }

  private var settings: String {
    let lines =
      [
        "CONFIG_CPP=y", "CONFIG_STD_CPP17=y", "CONFIG_REQUIRES_FULL_LIBCPP=y",
        "CONFIG_TENSORFLOW_LITE_MICRO=y", "CONFIG_MAIN_STACK_SIZE=\(Self.stackBytes)",
      ]
      + (firmware.target.tflm.kernels == .cmsisNN ? ["CONFIG_TENSORFLOW_LITE_MICRO_CMSIS_NN_KERNELS=y"] : [])
      + (firmware.target.board?.processor.floatUnit ?? .none != .none ? ["CONFIG_FPU=y"] : [])
    return lines.joined(separator: "\n") + "\n"
  }
}
