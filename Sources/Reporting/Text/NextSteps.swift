import Files
import Firmware
import Workflows

/// What to do with an export, command by command.
struct NextSteps {
  let lines: [String]

  init(_ report: ExportReport) {
    let folder = ShellWords.quoted(report.folder)
    let library =
      "git clone https://github.com/tensorflow/tflite-micro-arduino-examples Arduino_TensorFlowLite"
    switch report.firmware.format {
    case .c:
      lines = [
        "cmake -S \(folder) -B build -D TFLM_ROOT=<tflite-micro> -D TFLM_LIBRARY=<libtensorflow-microlite.a>",
        "cmake --build build",
      ]
    case .arduino:
      lines = [
        "in the Arduino IDE's folder 'libraries': \(library)",
        "open \(ShellWords.quoted("\(report.folder)/\(report.firmware.examplePath)")) and upload it",
      ]
    case .espIDF:
      lines = ["cd \(folder)", "idf.py build flash monitor"]
    case .platformIO:
      lines = ["cd \(folder)", "pio run --target upload"]
    case .zephyr:
      lines = [
        "west config manifest.project-filter -- +tflite-micro && west update",
        "west build --board <Zephyr's name of the board> \(folder)", "west flash",
      ]
    }
  }
}
