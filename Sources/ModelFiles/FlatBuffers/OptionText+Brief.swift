package import GraphIR

extension OptionText {
  /// Options as people say them: `SAME stride 2×1 filter 3×3 RELU`, heights before widths.
  ///
  /// What is not stored has the schema's default: a padding that is left out is said to be SAME. Strides, dilations and
  /// multipliers of 1 and the activation NONE are left out.
  package static func brief(_ record: Record) -> String {
    var words: [String] = []
    if let padding = member("padding", of: record) { words.append(padding) }
    for (name, (height, width)) in pairs {
      let sizes = [height, width].map { number($0, in: record) }
      guard sizes.contains(where: { $0 != nil }) else { continue }
      let (rows, columns) = (sizes[0] ?? missing(name), sizes[1] ?? missing(name))
      if name == "filter" || rows != 1 || columns != 1 { words.append("\(name) \(rows)×\(columns)") }
    }
    let told = ["padding"] + pairs.flatMap { [$0.1.0, $0.1.1] }
    for field in record.fields where !told.contains(field.name) {
      switch (field.name, field.value) {
      case ("fused_activation_function", .integer(0)), ("depth_multiplier", .integer(1)): continue
      case ("fused_activation_function", _):
        words.append(name(of: field, in: record) ?? text(of: field, in: record))
      default: words.append(text(of: field, in: record))
      }
    }
    return words.joined(separator: " ")
  }

  private static let pairs = [
    ("stride", ("stride_h", "stride_w")), ("filter", ("filter_height", "filter_width")),
    ("dilation", ("dilation_h_factor", "dilation_w_factor")),
  ]

  /// The schema's default: 1 for a dilation, 0 for all others.
  private static func missing(_ name: String) -> Int64 { name == "dilation" ? 1 : 0 }

  private static func number(_ name: String, in record: Record) -> Int64? {
    guard case .integer(let number)? = record.fields.first(where: { $0.name == name })?.value else {
      return nil
    }
    return Int64(number)
  }

  /// An enumeration's value by name, the default where it is not stored; nil where the record has no such field.
  private static func member(_ name: String, of record: Record) -> String? {
    if let field = record.fields.first(where: { $0.name == name }) {
      return Self.name(of: field, in: record) ?? text(of: field, in: record)
    }
    let isDeclared = Schema.current[record.typeName]?.members.contains { $0.name == name } ?? false
    return isDeclared ? Self.name(of: Record.Field(name: name, value: .integer(0)), in: record) : nil
  }
}
