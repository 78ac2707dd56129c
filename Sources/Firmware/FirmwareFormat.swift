package import Boards
import Runtimes

/// For which build system files are written.
package enum FirmwareFormat: String, Sendable, CaseIterable {
  /// Plain C++17 files with a `main.cc`, to add to any project that has TFLM.
  case c
  /// A sketch folder for the Arduino IDE, with the library Arduino_TensorFlowLite.
  case arduino
  /// An ESP-IDF project with the component espressif/esp-tflite-micro.
  case espIDF = "esp-idf"

  /// The format for a board: ESP-IDF for Espressif's chips, plain C++ for all others, and without a board.
  package init(for board: Board?) {
    guard let board else {
      self = .c
      return
    }
    self = KernelLibrary(for: board.processor) == .espNN ? .espIDF : .c
  }

  /// How files of C++ end: the Arduino IDE has not always compiled `.cc`.
  var sourceExtension: String { self == .arduino ? "cpp" : "cc" }

  /// The folder of the sources below that of the export, with a slash at its end.
  var sourceFolder: String { self == .espIDF ? "main/" : "" }
}
