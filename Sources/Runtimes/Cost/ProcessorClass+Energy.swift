/// Energy by class, from public measurements.
extension ProcessorClass {
  /// Nanojoules per cycle, which are milliwatts per megahertz, of the whole chip; nil where nothing was found.
  ///
  /// [T05], [T07], [T10]: MLPerf Tiny results v0.5, v0.7 and v1.0, energy × inferences a second ÷ clock.
  var nanojoulesPerCycle: CostRange? {
    switch self {
    // [T05] STM32L4R5 at 1.8 V 0.35; [T10] 0.39 and 0.43; v1.1, by Krai: 0.65. nRF52840 with its converter: 52 µA/MHz
    // at 3 V (product specification), 0.16. The high end, older processes, is a guess.
    case .cortexM4: CostRange(0.15, 0.4, 1)
    // [T10] STM32U575 0.16; [T07] RA6M4 0.36.
    case .cortexM33: CostRange(0.1, 0.25, 0.5)
    // [T10] STM32H7A3 0.52; v1.1, by Krai: 0.46. The high end, faster chips without a converter, is a guess.
    case .cortexM7: CostRange(0.4, 0.55, 1.2)
    // Datasheet, modem sleep at 240 MHz: 30–68 mA at 3.3 V.
    case .xtensaLX6: CostRange(0.41, 0.6, 0.94)
    // ESP32-S3 board, radio off and idle: 32 mA at 3.3 V (ComNets Bremen, MoleNet V6); busy is a guess of up to three
    // times that.
    case .esp32S3: CostRange(0.44, 0.75, 1.5)
    // 20 mA at 3.3 V and 160 MHz with the radio asleep (ESP-AT guide); development boards, busy: 41 mA at 5 V.
    case .espRISCV: CostRange(0.4, 0.6, 1.3)
    case .cortexM0Plus, .cortexM3, .cortexM55, .cortexM85, .xtensaLX7, .esp32P4: nil
    }
  }
}
