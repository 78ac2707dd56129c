import Tensors

/// A type that says itself how it is lowered.
protocol Lowerable {
  var lowered: LoweredValue { get }
}

extension LoweredValue {
  /// A value by its stored properties, all the way down to numbers.
  init(reflecting value: Any) {
    if let value = value as? any Lowerable {
      self = value.lowered
    } else if let scalar = Self.scalar(value) {
      self = scalar
    } else {
      self = Self.compound(value)
    }
  }

  private static func scalar(_ value: Any) -> LoweredValue? {
    switch value {
    case let value as Bool: .flag(value)
    case let value as Float: .real(LoweredReal(value))
    case let value as Double: .real(LoweredReal(value))
    case let value as String: .text(value)
    case let value as any BinaryInteger: Int(exactly: value).map { .integer($0) }
    default: nil
    }
  }

  private static func compound(_ value: Any) -> LoweredValue {
    let mirror = Mirror(reflecting: value)
    let opaque = LoweredValue.opaque(String(describing: type(of: value)))
    guard !(value is any _Pointer) else { return opaque }
    switch mirror.displayStyle {
    case .optional: return mirror.children.first.map { LoweredValue(reflecting: $0.value) } ?? .absent
    case .collection: return narrowed(mirror.children.map { LoweredValue(reflecting: $0.value) })
    case .enum where mirror.children.isEmpty: return .text(String(describing: value))
    case .struct, .tuple, .enum: return group(mirror)
    // Ranges describe their bounds, and no style; closures have neither.
    case nil where !mirror.children.isEmpty: return group(mirror)
    default: return opaque
    }
  }

  private static func group(_ mirror: Mirror) -> LoweredValue {
    .group(
      mirror.children.enumerated().map { position, child in
        LoweredField(child.label ?? "\(position)", LoweredValue(reflecting: child.value))
      })
  }

  /// A list in its narrowest kind.
  private static func narrowed(_ values: [LoweredValue]) -> LoweredValue {
    guard let first = values.first else { return .list([]) }
    if let integers = all(values, \.integer) { return .integers(integers) }
    if let reals = all(values, \.real) { return .reals(reals) }
    let names = first.fields.map(\.name)
    guard !names.isEmpty, values.allSatisfy({ $0.fields.map(\.name) == names }) else { return .list(values) }
    var columns: [LoweredField] = []
    for (index, name) in names.enumerated() {
      let column = narrowed(values.map { $0.fields[index].value })
      switch column {
      case .integers, .reals: columns.append(LoweredField(name, column))
      default: return .list(values)
      }
    }
    return .group(columns)
  }

  private static func all<Element>(_ values: [LoweredValue], _ part: (LoweredValue) -> Element?) -> [Element]?
  {
    let parts = values.compactMap(part)
    return parts.count == values.count ? parts : nil
  }
}

extension LoweredValue {
  /// The number, where the value is an integer.
  package var integer: Int? { if case .integer(let integer) = self { integer } else { nil } }

  /// The number, where the value is a real one.
  package var real: LoweredReal? { if case .real(let real) = self { real } else { nil } }

  /// The numbers, where the value is a list of integers.
  package var integers: [Int]? { if case .integers(let integers) = self { integers } else { nil } }
}

extension Shape: Lowerable {
  var lowered: LoweredValue { LoweredValue(reflecting: dimensions) }
}

extension ByteTable: Lowerable {
  /// The elements by bit pattern, from 0 to 255.
  var lowered: LoweredValue {
    LoweredValue(reflecting: (UInt8.min...UInt8.max).map { self[$0] })
  }
}
