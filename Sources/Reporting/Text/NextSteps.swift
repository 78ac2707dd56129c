import Files
import Firmware
import Workflows

/// What to do with an export, command by command.
struct NextSteps {
  let lines: [String]

  init(_ report: ExportReport) { lines = Self.plan(report) + Self.build(report) }

  /// Where a plan makes the arena smaller: how.
  private static func plan(_ report: ExportReport) -> [String] {
    guard let bytes = report.plannedArenaBytes else { return [] }
    let board = report.board.map { ["--board", ShellWords.quoted($0.id)] } ?? []
    let kernels = report.board == nil ? ["--kernels", report.firmware.target.tflm.kernels.rawValue] : []
    let words = ["nnopt", "plan", ShellWords.quoted(report.path), "-o", "planned.tflite"] + board + kernels
    let change = Figures.change(from: report.firmware.arenaBytes, to: bytes)
    return [
      "export a planned file instead, whose arena is \(Figures.grouped(bytes)) B (\(change)):",
      "  " + words.joined(separator: " "),
    ]
  }

  private static func build(_ report: ExportReport) -> [String] {
    let folder = ShellWords.quoted(report.folder)
    let library =
      "git clone https://github.com/tensorflow/tflite-micro-arduino-examples Arduino_TensorFlowLite"
    switch report.firmware.format {
    case .c:
      return [
        "cmake -S \(folder) -B build -D TFLM_ROOT=<tflite-micro> -D TFLM_LIBRARY=<libtensorflow-microlite.a>",
        "cmake --build build",
      ]
    case .arduino:
      return [
        "in the Arduino IDE's folder 'libraries': \(library)",
        "open \(ShellWords.quoted("\(report.folder)/\(report.firmware.examplePath)")) and upload it",
      ]
    case .espIDF:
      return ["cd \(folder)", "idf.py build flash monitor"]
    case .platformIO:
      return ["cd \(folder)", "pio run --target upload"]
    case .zephyr:
      return [
        "west config manifest.project-filter -- +tflite-micro && west update",
        "west build --board <Zephyr's name of the board> \(folder)", "west flash",
      ]
    }
  }
}
