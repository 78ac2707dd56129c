extension LoweredOperator: CustomStringConvertible {
  /// The whole value on one line: `Form(name: value, name: (name: value))`.
  package var description: String { form + LoweredValue.group(fields).description }
}

extension LoweredValue: CustomStringConvertible {
  /// The whole value on one line.
  package var description: String {
    switch self {
    case .integer(let integer): "\(integer)"
    case .real(let real): real.description
    case .flag(let flag): "\(flag)"
    case .text(let text): text
    case .absent: "none"
    case .integers(let integers): "[\(Self.joined(integers))]"
    case .reals(let reals): "[\(Self.joined(reals))]"
    case .list(let values): "[\(Self.joined(values))]"
    case .group(let fields): "(\(fields.map { "\($0.name): \($0.value)" }.joined(separator: ", ")))"
    case .opaque(let type): "<\(type)>"
    }
  }

  private static func joined(_ elements: [some CustomStringConvertible]) -> String {
    elements.map(\.description).joined(separator: ", ")
  }
}

extension LoweredReal: CustomStringConvertible {
  /// The shortest decimal number that has these bits in the number's precision.
  package var description: String { isSingle ? Float(value).description : value.description }
}
