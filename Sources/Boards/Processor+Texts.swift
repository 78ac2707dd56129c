/// A text of a board table that says something about a processor which cannot be understood.
package struct ProcessorError: Error, Equatable {
  /// The column's name.
  package let column: String
  /// What is wrong, and what to write instead.
  package let reason: String
}

extension Processor {
  /// Reads what a board table says; a text is empty where it says nothing.
  ///
  /// - Parameters:
  ///   - core: such as `2x Xtensa LX6` or `Cortex-M4F`.
  ///   - isa: such as `armv7e-m`; the core's own where empty.
  ///   - mcu: such as `ESP32-C3`, whose core does not tell its maker.
  ///   - fpu: `none`, `single` or `double`.
  ///   - simd: `none`, `dsp` or `mve` on a Cortex-M; the core's own where empty. The chip decides for others.
  /// - Throws: `ProcessorError` for an FPU, or a Cortex-M's vector instructions, of which nothing is known. Unknown
  ///   cores and instruction sets are no fault.
  package init(
    core: String, isa: String = "", mcu: String = "", fpu: String = "", simd: String = "",
    clockMHz: Int? = nil
  ) throws(ProcessorError) {
    self.core = Core(core: core, isa: isa, mcu: mcu)
    instructionSet = InstructionSet(self.core, text: (isa.isEmpty ? core : isa).lowercased())
    floatUnit = try Self.floatUnit(fpu)
    vectors = try Self.vectors(of: self.core, isa: isa, simd: simd)
    coreCount = Self.coreCount(core.lowercased())
    hasEthosU = core.lowercased().contains("ethos-u")
    self.clockMHz = clockMHz
  }

  private static func floatUnit(_ text: String) throws(ProcessorError) -> FloatUnit? {
    let words = text.words
    if words.isEmpty { return nil }
    if words.contains(where: ["double", "dp"].contains) { return .double }
    if words.contains(where: ["single", "sp", "half"].contains) { return .single }
    if words.contains(where: ["none", "no"].contains) { return FloatUnit.none }
    throw ProcessorError(
      column: "fpu",
      reason: "'\(text)' is unknown; write 'none', 'single', 'double', or nothing if unknown")
  }

  private static func vectors(
    of core: Core, isa: String, simd: String
  ) throws(ProcessorError) -> VectorExtension {
    switch core {
    case .espressif(.esp32s3): return .esp32s3
    case .espressif(.esp32p4): return .esp32p4
    case .espressif, .riscV, .unknown: return .none
    case .cortexM(let model):
      let told = try cortexMVectors(simd)
      guard let model else { return told ?? (isa.words.joined().contains("v7em") ? .dsp : .none) }
      switch (model.vectors, told) {
      case (.mve, let told): return told ?? .mve
      case (.dsp, .some(.none)): return .none
      default: return model.vectors
      }
    }
  }

  private static func cortexMVectors(_ text: String) throws(ProcessorError) -> VectorExtension? {
    let words = text.words
    if words.isEmpty { return nil }
    if words.contains(where: ["none", "no"].contains) { return VectorExtension.none }
    if words.contains(where: { $0.hasPrefix("mve") || $0 == "helium" }) { return .mve }
    if words.contains(where: { $0.hasPrefix("dsp") || $0 == "simd" }) { return .dsp }
    throw ProcessorError(
      column: "simd",
      reason: "'\(text)' is unknown on a Cortex-M; write 'none', 'dsp', 'mve', or nothing if unknown")
  }

  /// What `2x`, `dual` or `1+8` in front of a core say.
  private static func coreCount(_ text: String) -> Int {
    for (word, count) in [("dual", 2), ("quad", 4)] where text.hasPrefix(word) { return count }
    let prefix = text.prefix { $0.isASCII && ($0.isNumber || $0 == "+") }
    let sign = text.dropFirst(prefix.count).first { $0 != " " }
    guard prefix.contains("+") || sign.map({ "x×*".contains($0) }) == true else { return 1 }
    return max(1, prefix.split(separator: "+").compactMap { UInt8($0) }.reduce(0) { $0 + Int($1) })
  }
}

extension Processor.CortexM {
  /// What Arm offers with the model; the Cortex-M33's and M35P's is optional, as is the MVE of all that have it.
  fileprivate var vectors: VectorExtension {
    switch self {
    case .m0, .m3, .m23: .none
    case .m4, .m7, .m33, .m35P: .dsp
    case .m52, .m55, .m85: .mve
    }
  }
}

extension Processor.InstructionSet {
  /// - Parameter text: lower case.
  fileprivate init(_ core: Processor.Core, text: String) {
    switch core {
    case .cortexM: self = .armM
    case .espressif(.esp32c), .espressif(.esp32p4): self = .riscV32
    case .espressif(.some): self = .xtensa
    case .espressif(nil), .riscV, .unknown:
      if text.contains("xtensa") {
        self = .xtensa
      } else if text.contains("rv64") || text.contains("riscv64") {
        self = .riscV64
      } else {
        self = text.contains("rv32") || text.contains("risc") ? .riscV32 : .unknown(text)
      }
    }
  }
}

extension String {
  /// The runs of ASCII letters and digits, in lower case; signs of trade marks are skipped.
  var words: [String] {
    lowercased().filter { $0 != "®" && $0 != "™" }
      .split { !$0.isASCII || !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
