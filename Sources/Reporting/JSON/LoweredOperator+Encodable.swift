package import Operators

extension LoweredOperator: Encodable {
  private enum CodingKeys: String, CodingKey {
    case form
    case fields
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(form, forKey: .form)
    try container.encode(LoweredValue.group(fields), forKey: .fields)
  }
}

/// Numbers are numbers, groups objects, what is absent null; real numbers that JSON has not, such as `inf`, are texts.
extension LoweredValue: Encodable {
  private struct Name: CodingKey {
    let stringValue: String
    let intValue: Int? = nil

    init(stringValue: String) { self.stringValue = stringValue }

    init?(intValue: Int) { nil }
  }

  package func encode(to encoder: any Encoder) throws {
    if case .group(let fields) = self {
      var container = encoder.container(keyedBy: Name.self)
      for field in fields { try container.encode(field.value, forKey: Name(stringValue: field.name)) }
      return
    }
    var container = encoder.singleValueContainer()
    switch self {
    case .integer(let integer): try container.encode(integer)
    case .real(let real): try container.encode(real)
    case .flag(let flag): try container.encode(flag)
    case .text(let text): try container.encode(text)
    case .absent: try container.encodeNil()
    case .integers(let integers): try container.encode(integers)
    case .reals(let reals): try container.encode(reals)
    case .list(let values): try container.encode(values)
    case .opaque, .group: try container.encode(description)
    }
  }
}

extension LoweredReal: Encodable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if !value.isFinite {
      try container.encode(description)
    } else if isSingle {
      try container.encode(Float(value))
    } else {
      try container.encode(value)
    }
  }
}
