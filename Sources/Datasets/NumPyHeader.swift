import Tensors

/// The header of a .npy file: a Python dictionary of type, order and shape.
struct NumPyHeader: Equatable {
  let elementType: ElementType
  let isBigEndian: Bool
  let isColumnMajor: Bool
  let shape: Shape

  /// A header that cannot be read, and whether it is sound but of an unsupported kind.
  struct Problem: Error, Equatable {
    let reason: String
    var isUnsupported = false
  }

  /// - Parameter text: the dictionary, such as `{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }`.
  init(_ text: [UInt8]) throws(Problem) {
    var reader = PythonLiteralReader(text)
    var type: (ElementType, Bool)?
    var isColumnMajor: Bool?
    var shape: Shape?
    try reader.expect("{")
    while !reader.skip("}") {
      let key = try reader.string()
      try reader.expect(":")
      switch key {
      case "descr": type = try Self.type(&reader)
      case "fortran_order": isColumnMajor = try reader.boolean()
      case "shape":
        let dimensions = try reader.integers()
        shape = Shape(dimensions)
        if shape == nil { throw Problem(reason: "its shape \(dimensions) has too many elements") }
      default: throw Problem(reason: "its header has an unknown field '\(key)'")
      }
      if !reader.skip(",") {
        try reader.expect("}")
        break
      }
    }
    guard let type, let isColumnMajor, let shape else {
      throw Problem(reason: "its header lacks descr, fortran_order or shape")
    }
    (elementType, isBigEndian) = type
    self.isColumnMajor = isColumnMajor
    self.shape = shape
  }

  private static func type(_ reader: inout PythonLiteralReader) throws(Problem) -> (ElementType, Bool) {
    guard reader.next == UInt8(ascii: "'") || reader.next == UInt8(ascii: "\"") else {
      throw Problem(reason: "its elements are structures; save one field as an array", isUnsupported: true)
    }
    let name = try reader.string()
    let order = name.first ?? " "
    guard let type = elementTypes[String(name.dropFirst())], "<>=|".contains(order) else {
      throw Problem(
        reason: "its elements are of type '\(name)'; save them as bool, int, uint or float",
        isUnsupported: true)
    }
    return (type, order == ">")
  }

  private static let elementTypes: [String: ElementType] = [
    "b1": .bool, "i1": .int8, "i2": .int16, "i4": .int32, "i8": .int64, "u1": .uint8, "u2": .uint16,
    "u4": .uint32, "u8": .uint64, "f2": .float16, "f4": .float32, "f8": .float64,
  ]

  /// The name of a little-endian type, such as `<f4`; nil where NumPy has none.
  static func name(of type: ElementType) -> String? {
    // Written, not read: no model takes complex numbers as data.
    if type == .complex64 { return "<c8" }
    guard let entry = elementTypes.first(where: { $0.value == type }) else { return nil }
    return (type.bitWidth == 8 ? "|" : "<") + entry.key
  }
}

/// Reads the few Python literals that .npy headers are made of.
struct PythonLiteralReader {
  private let text: [UInt8]
  private var position = 0

  init(_ text: [UInt8]) { self.text = text }

  /// The next character behind blanks, or nil at the end.
  var next: UInt8? {
    mutating get {
      while position < text.count, [0x20, 0x0A, 0x09].contains(text[position]) { position += 1 }
      return position < text.count ? text[position] : nil
    }
  }

  /// Passes over a character where it comes next.
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func expect(_ character: Unicode.Scalar) throws(NumPyHeader.Problem) {
    guard skip(character) else {
      throw NumPyHeader.Problem(reason: "its header has no '\(character)' where one must stand")
    }
  }

  mutating func string() throws(NumPyHeader.Problem) -> String {
    guard let quote = next, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
      let end = text[(position + 1)...].firstIndex(of: quote)
    else { throw NumPyHeader.Problem(reason: "its header has no text where one must stand") }
    defer { position = end + 1 }
    return String(decoding: text[(position + 1)..<end], as: UTF8.self)
  }

  mutating func boolean() throws(NumPyHeader.Problem) -> Bool {
    _ = next
    for (word, value) in [("True", true), ("False", false)] where text[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw NumPyHeader.Problem(reason: "its header has no True or False where one must stand")
  }

  /// A tuple of integers.
  mutating func integers() throws(NumPyHeader.Problem) -> [Int] {
    var result: [Int] = []
    try expect("(")
    while !skip(")") {
      _ = next
      let digits = text[position...].prefix { (0x30...0x39).contains($0) }
      guard !digits.isEmpty, let number = Int(String(decoding: digits, as: UTF8.self)) else {
        throw NumPyHeader.Problem(reason: "its shape is no list of sizes")
      }
      position = digits.endIndex
      _ = skip("L")
      result.append(number)
      if !skip(",") {
        try expect(")")
        break
      }
    }
    guard result.count <= 64 else {
      throw NumPyHeader.Problem(reason: "its shape has \(result.count) dimensions")
    }
    return result
  }
}
