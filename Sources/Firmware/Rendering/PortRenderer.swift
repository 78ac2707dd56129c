/// How a program fills an input or reads an output.
struct PortRenderer {
  let port: FirmwarePort
  /// The namespace of the settings.
  let space: String

  /// Lines that fill an input with zeros, where real data belong.
  var fill: [String] {
    fill(comment: [
      "    // Put your data here\(port.isConvertible ? ": a real number in place of 0.0f" : "")."
    ])
  }

  /// Lines that fill an input with zeros.
  var clear: [String] { fill(comment: []) }

  /// The array that keeps a state between two inferences.
  private var store: String { "state_\(port.index)" }

  /// The array's declaration; nil where C++ has no type for it.
  var storeDeclaration: String? {
    port.cppType.map { "\($0) \(store)[\(constant("ElementCount"))];" }
  }

  /// Lines that copy an input's first state into the array.
  var storeFirst: [String] { ["  memcpy(\(store), input_\(port.index), sizeof(\(store)));"] }

  /// Lines that copy the array into the input.
  var restore: [String] {
    guard let type = port.cppType else { return [rawComment] }
    return access(type, "input_\(port.index)", "typed_input_tensor")
      + ["  memcpy(input_\(port.index), \(store), sizeof(\(store)));"]
  }

  /// Lines that keep an output for the next inference.
  func keep(_ output: FirmwarePort) -> [String] {
    ["  memcpy(\(store), interpreter->output(\(output.index))->data.data, sizeof(\(store)));"]
  }

  private func fill(comment: [String]) -> [String] {
    guard let type = port.cppType else { return [rawComment] }
    let variable = "input_\(port.index)"
    let element = "    \(variable)[i] = "
    let value =
      port.isConvertible
      ? ["\(element)Quantize<\(type)>(0.0f, \(constant("Scale")),", "        \(constant("ZeroPoint")));"]
      : ["\(element)\(port.elementType == .float32 ? "0.0f" : port.elementType == .bool ? "false" : "0");"]
    return access(type, variable, "typed_input_tensor")
      + ["  for (int i = 0; i < \(constant("ElementCount")); ++i) {"] + comment + value + ["  }"]
  }

  /// Lines that print the largest element of an output.
  var read: [String] {
    guard let type = port.cppType else { return [rawComment] }
    let variable = "output_\(port.index)"
    let lines = access(type, variable, "typed_output_tensor")
    guard port.elementCount > 0 else { return lines }
    return lines + [
      "  {", "    int best = 0;", "    for (int i = 1; i < \(constant("ElementCount")); ++i) {",
      "      if (\(variable)[i] > \(variable)[best]) best = i;", "    }",
    ] + print("\(variable)[best]") + ["  }"]
  }

  private func print(_ element: String) -> [String] {
    let text = "    MicroPrintf(\"Output \(port.index): element %d is the largest, %d"
    if port.isConvertible {
      return [
        "    const float value = Dequantize(\(element), \(constant("Scale")),",
        "        \(constant("ZeroPoint")));",
        "\(text) thousandths.\", best,", "                static_cast<int>(1000.0f * value));",
      ]
    }
    let isReal = port.elementType == .float32 || port.elementType == .float64
    return [
      "\(text)\(isReal ? " thousandths" : "").\", best,",
      "                static_cast<int>(\(isReal ? "1000 * " : "")\(element)));",
    ]
  }

  private func constant(_ name: String) -> String { "\(space)::\(port.prefix)\(name)" }

  private func access(_ type: String, _ variable: String, _ method: String) -> [String] {
    [
      "  \(type)* \(variable) = interpreter->\(method)<\(type)>(\(port.index));",
      "  if (\(variable) == nullptr) return false;",
    ]
  }

  private var rawComment: String {
    "  // \(port.direction.rawValue.capitalized) \(port.index) holds \(port.elementType), for which C++ has no type: "
      + "see interpreter->\(port.direction.rawValue)(\(port.index))->data."
  }
}

extension FirmwarePort {
  /// Whether the example converts between real and stored numbers.
  var isConvertible: Bool {
    guard scale != nil else { return false }
    switch elementType {
    case .int8, .uint8, .int16, .uint16: return true
    default: return false
    }
  }
}
