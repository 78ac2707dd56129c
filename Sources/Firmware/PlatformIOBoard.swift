import Boards

/// What PlatformIO calls a board.
struct PlatformIOBoard: Sendable, Equatable {
  let platform: String
  let board: String
  /// `arduino` or `espidf`.
  let framework: String

  /// nil where it is not known that PlatformIO has the board with a framework that a TFLM is packed for.
  init?(_ board: Board?) {
    guard let entry = board.flatMap({ Self.names[$0.id] }) else { return nil }
    (platform, self.board) = entry
    framework = entry.platform == "espressif32" ? "espidf" : "arduino"
  }

  /// Names from the board files of PlatformIO's platforms (2024 to 2026), by the ids of the board table.
  private static let names: [String: (platform: String, board: String)] = [
    "esp32": ("espressif32", "esp32dev"), "esp32-cam": ("espressif32", "esp32cam"),
    "esp32-s2": ("espressif32", "esp32-s2-saola-1"), "esp32-s3": ("espressif32", "esp32-s3-devkitc-1"),
    "esp32-c3": ("espressif32", "esp32-c3-devkitm-1"), "esp32-c6": ("espressif32", "esp32-c6-devkitc-1"),
    "m5stack-core2": ("espressif32", "m5stack-core2"), "xiao-esp32s3": ("espressif32", "seeed_xiao_esp32s3"),
    "nano-esp32": ("espressif32", "arduino_nano_esp32"), "nano33ble": ("nordicnrf52", "nano33ble"),
    "feather-nrf52840": ("nordicnrf52", "adafruit_feather_nrf52840"),
    "nano-rp2040": ("raspberrypi", "nanorp2040connect"), "rpi-pico": ("raspberrypi", "pico"),
    "portenta-h7": ("ststm32", "portenta_h7_m7"), "teensy40": ("teensy", "teensy40"),
    "teensy41": ("teensy", "teensy41"),
  ]
}
