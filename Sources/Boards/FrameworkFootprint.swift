/// What a framework takes of a board's SRAM before a model's arena, as somebody measured it.
///
/// A rough guide for a first verdict: the map file of one's own firmware says it exactly.
package struct FrameworkFootprint: Sendable, Equatable {
  /// What `--reserve` calls it.
  package let id: String
  package let bytes: Int
  /// What was measured.
  package let conditions: String
  /// Where the figure was published.
  package let source: String

  package static let all = [
    FrameworkFootprint(
      id: "esp-idf-wifi", bytes: 48_712,
      conditions:
        "Wi-Fi with the default buffers on an ESP32-S2, 43,592 B, and about 5 KB for NVS, all on the heap",
      source: "espressif/esp-idf, issue 5938 (2020)"),
    FrameworkFootprint(
      id: "esp-idf-nimble", bytes: 32_768, conditions: "Bluetooth LE by NimBLE on an ESP32, about 32 KB",
      source: "Moddable-OpenSource/moddable, issue 640 (2021)"),
    FrameworkFootprint(
      id: "esp-idf-bluedroid", bytes: 153_600,
      conditions: "Bluetooth by Bluedroid on an ESP32, about 150 KB with what the controller keeps",
      source: "cwi-dis/iotsa, issue 16 (2020)"),
    FrameworkFootprint(
      id: "arduino-mbed", bytes: 7_720,
      conditions: "static data of an empty sketch on an nRF52832 with Mbed OS",
      source: "arduino/nicla-sense-me-fw, issue 109 (2023)"),
    FrameworkFootprint(
      id: "arduino-mbed-ble", bytes: 35_672,
      conditions: "static data of a sketch with the Bluetooth LE stack on an nRF52832 with Mbed OS",
      source: "arduino/nicla-sense-me-fw, issue 109 (2023)"),
    FrameworkFootprint(
      id: "arduino-renesas", bytes: 20_736, conditions: "static data of Blink on a Portenta C33",
      source: "arduino/ArduinoCore-renesas, issue 250 (2024)"),
    FrameworkFootprint(
      id: "arduino-silabs", bytes: 19_392,
      conditions: "static data of a small sketch on a BGM220 Explorer Kit",
      source: "SiliconLabsSoftware/arduino, issue 36 (2024)"),
  ]

  package static func named(_ id: String) -> FrameworkFootprint? { all.first { $0.id == id } }
}
