/// The resolver that knows exactly the operators of a model.
struct OperatorsRenderer {
  let firmware: Firmware

  var header: String {
    let name = firmware.name
    let lines =
      [
        "#ifndef \(name.guardPrefix)_MODEL_OPERATORS_H_", "#define \(name.guardPrefix)_MODEL_OPERATORS_H_",
        "",
        "#include \"tensorflow/lite/micro/micro_mutable_op_resolver.h\"", "",
      ] + customDeclarations + [
        "namespace \(name.text) {", "",
        "using OperatorResolver = tflite::MicroMutableOpResolver<\(firmware.resolver.capacity)>;", "",
        "// Adds the operators that the model uses, and no others.",
        "inline TfLiteStatus AddOperators(OperatorResolver& resolver) {",
      ] + body + [
        "  return kTfLiteOk;", "}", "", "}  // namespace \(name.text)", "",
        "#endif  // \(name.guardPrefix)_MODEL_OPERATORS_H_", "",
      ]
    return lines.joined(separator: "\n")
  }

  private var customDeclarations: [String] {
    let functions = firmware.resolver.customFunctions
    guard !functions.isEmpty else { return [] }
    return ["// Custom operators that TFLM does not have: define these functions."]
      + functions.map { "const TFLMRegistration* \($0)();" } + [""]
  }

  private var body: [String] {
    var lines: [String] = []
    for registration in firmware.resolver.registrations {
      switch registration {
      case .method(let method): lines += check("\(method)()")
      case .custom(let name, let function):
        lines += check("AddCustom(\(SourceText.literal(name)), \(function)())")
      }
    }
    if firmware.resolver.registrations.isEmpty { lines.append("  (void)resolver;") }
    for name in firmware.resolver.missing {
      lines += SourceText.commentLines(
        "TFLM has no kernel for \(name), and will refuse the model.", indent: "  ")
    }
    return lines
  }

  private func check(_ call: String) -> [String] {
    ["  if (resolver.\(call) != kTfLiteOk) return kTfLiteError;"]
  }
}
