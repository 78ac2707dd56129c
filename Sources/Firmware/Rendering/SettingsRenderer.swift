import Runtimes

/// Constants of a model: its arena, and what its inputs and outputs look like.
struct SettingsRenderer {
  let firmware: Firmware

  var header: String {
    let name = firmware.name
    var lines = [
      "#ifndef \(name.guardPrefix)_MODEL_SETTINGS_H_", "#define \(name.guardPrefix)_MODEL_SETTINGS_H_", "",
      "#include <stddef.h>", "#include <stdint.h>", "", "namespace \(name.text) {", "",
    ]
    lines += arena
    lines += variables
    for port in firmware.inputs + firmware.outputs { lines += [""] + self.lines(for: port) }
    lines += signature
    lines += ["", "}  // namespace \(name.text)", "", "#endif  // \(name.guardPrefix)_MODEL_SETTINGS_H_", ""]
    return lines.joined(separator: "\n")
  }

  private var arena: [String] {
    let target = firmware.target
    let vectors =
      target.tflm.vectors == .none ? "" : ", \(target.tflm.vectors.rawValue) instructions"
    let release = target.tflm.release
    let library = release.library == .reference ? "" : ", \(release.name)"
    let title =
      "The smallest arena in which TFLM allocates this model on \(target.description) with "
      + "\(target.tflm.kernels.title) kernels\(vectors) (TFLM of \(KernelRelease.newest(of: .reference).version)\(library)), as "
      + "nnopt predicts it:"
    return SourceText.commentLines(title)
      + ArenaDerivation(firmware.prediction).lines.map { "//   " + $0 }
      + SourceText.commentLines(
        "Other kernels, a recording allocator or another release of TFLM need another size; "
          + "interpreter.arena_used_bytes() says what is in use.")
      + ["constexpr size_t kTensorArenaSize = \(firmware.arenaBytes);"]
  }

  private var variables: [String] {
    guard firmware.resourceVariables > 0 else { return [] }
    return [
      "", "// Resource variables, which keep their values between inferences; they live in the arena.",
      "constexpr int kResourceVariableCount = \(firmware.resourceVariables);",
    ]
  }

  /// Positions by the names that a signature gives the ports.
  private var signature: [String] {
    var taken: Set<String> = []
    let constants = (firmware.inputs + firmware.outputs).compactMap { port -> String? in
      guard let name = port.signatureName, !name.isEmpty else { return nil }
      let constant = "k\(port.direction == .input ? "Input" : "Output")_\(SymbolName(fileName: name).text)"
      guard taken.insert(constant).inserted else { return nil }
      return "constexpr int \(constant) = \(port.index);"
    }
    guard !constants.isEmpty else { return [] }
    return ["", "// Positions by the names of the model's signature."] + constants
  }

  private func lines(for port: FirmwarePort) -> [String] {
    let shape = port.dimensions.isEmpty ? "scalar" : port.dimensions.map(String.init).joined(separator: "x")
    let title = port.name.isEmpty ? "" : ", named \(SourceText.comment(port.name, limit: 60))"
    var lines = [
      "// \(port.direction.rawValue.capitalized) \(port.index): \(shape) \(port.elementType)\(title)."
    ]
    lines.append("constexpr int \(port.prefix)ElementCount = \(port.elementCount);")
    lines.append("constexpr int \(port.prefix)Rank = \(port.dimensions.count);")
    if !port.dimensions.isEmpty {
      let list = port.dimensions.map(String.init).joined(separator: ", ")
      lines.append("constexpr int \(port.prefix)Dimensions[] = {\(list)};")
    }
    if let scale = port.scale.flatMap(SourceText.float) {
      lines.append("// A stored number q means \(port.prefix)Scale * (q - \(port.prefix)ZeroPoint).")
      lines.append("constexpr float \(port.prefix)Scale = \(scale);")
      lines.append("constexpr int32_t \(port.prefix)ZeroPoint = \(Int32(clamping: port.zeroPoint));")
    }
    return lines
  }
}
