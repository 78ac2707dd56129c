extension Processor.Core {
  /// Reads the texts of a board table: the core's first, then the chip's name, then the instruction set.
  init(core: String, isa: String, mcu: String) {
    let words = core.words
    let named = Self.firstNamed(in: words)
    if case .cortexM = named {
      self = .cortexM(named?.cortexM)
      return
    }
    let all = words + isa.words + mcu.words
    if let chip = Processor.Espressif(words: all) {
      self = .espressif(chip)
    } else if let named, case .espressif = named {
      self = named
    } else if Self.isEspressif(all) {
      self = .espressif(mcu.words == ["esp32"] ? .esp32 : nil)
    } else if named == nil, Self.isArmM(isa) {
      self = .cortexM(nil)
    } else {
      self = named ?? (Self.isRISCV(isa.words) ? .riscV : .unknown(core))
    }
  }

  private var cortexM: Processor.CortexM? {
    if case .cortexM(let model) = self { model } else { nil }
  }

  /// The first core that is named: a Cortex-M, also as `M4F` alone, or what tells a chip of Espressif's or RISC-V.
  private static func firstNamed(in words: [String]) -> Self? {
    for (index, word) in words.enumerated() {
      let isNamedCortex = word.hasPrefix("cortexm") || index > 0 && words[index - 1].hasSuffix("cortex")
      let model = word.hasPrefix("cortex") ? word.dropFirst(6) : word[...]
      if model.first == "m" {
        let digits = model.dropFirst().prefix(while: \.isNumber)
        let isPlain = ["", "f", "p", "plus"].contains(model.dropFirst(1 + digits.count))
        let known = Int(digits).flatMap(Processor.CortexM.init)
        if isNamedCortex || isPlain && known != nil { return .cortexM(known) }
      }
      if word == "lx6" { return .espressif(.esp32) }
      if word == "lx7" { return .espressif(.esp32s2) }
      if isRISCV([word]) { return .riscV }
    }
    return nil
  }

  private static func isRISCV(_ words: [String]) -> Bool {
    words.contains { word in ["risc", "rv32", "rv64"].contains { word.hasPrefix($0) } }
  }

  /// Xtensa cores that are no DSPs are Espressif's.
  private static func isEspressif(_ words: [String]) -> Bool {
    let isDSP = words.contains { $0.hasPrefix("hifi") || $0.hasPrefix("fusion") }
    return words.contains { $0.hasPrefix("esp32") || $0.hasPrefix("esp8") }
      || !isDSP && words.contains { $0.hasPrefix("xtensa") }
  }

  /// `armv7e-m`, `thumbv8m.main` and the like; `armv7` alone, but not `armv7-a`.
  private static func isArmM(_ isa: String) -> Bool {
    let text = isa.words.joined()
    return text == "armv7" || ["v6m", "v7m", "v7em", "v8m", "v81m"].contains { text.contains($0) }
  }
}

extension Processor.Espressif {
  /// The chip that is named, such as `ESP32-S3`, `esp32c3` or `ESP32 P4`; nil for none, or one that is not known.
  fileprivate init?(words: [String]) {
    for (index, word) in words.enumerated() {
      if ["esp8684", "esp8685"].contains(where: word.hasPrefix) {
        self = .esp32c
        return
      }
      guard word.hasPrefix("esp32") else { continue }
      let rest = word.dropFirst(5)
      let series = rest.isEmpty ? words.dropFirst(index + 1).first?[...] ?? "" : rest
      let digits = series.dropFirst().prefix(while: \.isNumber)
      switch (series.first, digits) {
      case ("s", "2"): self = .esp32s2
      case ("s", "3"): self = .esp32s3
      case ("p", "4"): self = .esp32p4
      case ("c", let digits) where !digits.isEmpty, ("h", let digits) where !digits.isEmpty: self = .esp32c
      default: continue
      }
      return
    }
    return nil
  }
}
