/// What a kernel runs on, besides the memory of its operands: the form of the kernel, and its parameters by name.
///
/// Equal nodes give equal values, in every process.
package struct LoweredOperator: Sendable, Equatable {
  /// The kernel's form: which code runs, such as `FastByteConvolution` or `Elementwise<FloatFunction<Cos>>`.
  package let form: String
  /// Parameters in the order in which the form declares them; none where the form says all.
  package let fields: [LoweredField]

  package init(form: String, fields: [LoweredField]) {
    self.form = form
    self.fields = fields
  }

  /// A kernel's stored properties.
  init(reflecting kernel: any Kernel) {
    form = String(describing: type(of: kernel))
    fields = LoweredValue(reflecting: kernel).fields
  }

  /// The parameter of a name.
  package subscript(name: String) -> LoweredValue? { LoweredValue.group(fields)[name] }

  /// Where the value has parts that cannot be printed, as paths and their types; a test holds that no kernel has any.
  package var opaqueParts: [String] { LoweredValue.group(fields).opaqueParts(at: form) }
}

/// A parameter of a kernel.
package struct LoweredField: Sendable, Equatable {
  package let name: String
  package let value: LoweredValue

  package init(_ name: String, _ value: LoweredValue) {
    self.name = name
    self.value = value
  }
}

/// The value of a kernel's parameter: no more kinds than a generator of code can print.
package enum LoweredValue: Sendable, Equatable {
  case integer(Int)
  case real(LoweredReal)
  case flag(Bool)
  /// A choice by its name, such as an element type.
  case text(String)
  /// What an optional parameter is where it is not there.
  case absent
  case integers([Int])
  case reals([LoweredReal])
  /// Values of other kinds, and any list without elements.
  case list([LoweredValue])
  /// Parameters that belong together. A list of groups of numbers stands as one group of lists.
  case group([LoweredField])
  /// What cannot be printed: the type of a closure, a pointer, an object.
  case opaque(String)

  /// The fields of a group; of other values none.
  package var fields: [LoweredField] {
    if case .group(let fields) = self { fields } else { [] }
  }

  /// The value of a group's field.
  package subscript(name: String) -> LoweredValue? { fields.first { $0.name == name }?.value }

  func opaqueParts(at path: String) -> [String] {
    switch self {
    case .opaque(let type): ["\(path): \(type)"]
    case .group(let fields): fields.flatMap { $0.value.opaqueParts(at: "\(path).\($0.name)") }
    case .list(let values):
      values.enumerated().flatMap { $1.opaqueParts(at: "\(path)[\($0)]") }
    default: []
    }
  }
}

/// A real number with its exact bits, of single or double precision: equal where the bits are.
package struct LoweredReal: Sendable, Equatable {
  /// Whether the number is a `Float`.
  package let isSingle: Bool
  private let bits: UInt64

  package init(_ real: Float) {
    isSingle = true
    bits = UInt64(real.bitPattern)
  }

  package init(_ real: Double) {
    isSingle = false
    bits = real.bitPattern
  }

  package var value: Double {
    isSingle ? Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits))) : Double(bitPattern: bits)
  }
}
