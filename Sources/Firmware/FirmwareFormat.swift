package import Boards
import Runtimes

/// For which build system files are written.
package enum FirmwareFormat: String, Sendable, CaseIterable {
  /// C++17 files with a `main.cc` and a `CMakeLists.txt`, for any project that has TFLM.
  case c
  /// A sketch folder for the Arduino IDE, with the library Arduino_TensorFlowLite.
  case arduino
  /// An ESP-IDF project with the component espressif/esp-tflite-micro.
  case espIDF = "esp-idf"
  /// A PlatformIO project: of ESP-IDF for Espressif's chips, with Arduino's core for others.
  case platformIO = "platformio"
  /// A Zephyr application with the module tflite-micro.
  case zephyr

  /// The format for a board: ESP-IDF for Espressif's chips, plain C++ for all others, and without a board.
  package init(for board: Board?) {
    guard let board else {
      self = .c
      return
    }
    self = KernelLibrary(for: board.processor) == .espNN ? .espIDF : .c
  }

  /// Why files of this format do not run on a board, as a sentence without a full stop; nil where they may, and
  /// without a board.
  package func refusal(of board: Board?) -> String? {
    guard let board else {
      return self == .platformIO ? "a PlatformIO project names its board: give --board" : nil
    }
    let isEspressif = KernelLibrary(for: board.processor) == .espNN
    switch self {
    case .espIDF where !isEspressif:
      return "\(board.id) has no chip of Espressif; use --format c, arduino, platformio or zephyr"
    case .arduino where isEspressif:
      return
        "the library Arduino_TensorFlowLite is for Arm; use --format esp-idf or platformio for \(board.id)"
    case .platformIO where PlatformIOBoard(board) == nil:
      return "it is not known what PlatformIO calls \(board.id); use --format c"
    default: return nil
    }
  }

  /// How files of C++ end: the Arduino IDE has not always compiled `.cc`.
  var sourceExtension: String { self == .arduino ? "cpp" : "cc" }

  /// The folder of the sources below that of the export, with a slash at its end.
  var sourceFolder: String {
    switch self {
    case .c, .arduino: ""
    case .espIDF: "main/"
    case .platformIO, .zephyr: "src/"
    }
  }

  /// What the program's start is written for.
  func framework(on board: Board?) -> Framework {
    switch self {
    case .c: .plain
    case .arduino: .arduino
    case .espIDF: .espIDF
    case .platformIO: PlatformIOBoard(board)?.framework == "espidf" ? .espIDF : .arduino
    case .zephyr: .zephyr
    }
  }

  /// Whether the sources can take an arena from external RAM.
  package func canAllocate(on board: Board?) -> Bool { framework(on: board) == .espIDF }

  enum Framework {
    case plain
    case arduino
    case espIDF
    case zephyr
  }
}
