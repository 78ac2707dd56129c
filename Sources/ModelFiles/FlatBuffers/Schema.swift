internal import CTFLite

/// The types of the format, as the generated code describes them.
struct Schema: Sendable {
  static let current = Schema()

  let types: [TypeInfo]
  private let indexByName: [String: Int]

  struct TypeInfo: Sendable {
    let name: String
    /// Fields of a table by slot; members of a union by code, the first being NONE; values of an
    /// enumeration.
    let members: [Member]
  }

  struct Member: Sendable {
    let name: String
    let kind: Kind
    let isVector: Bool
    /// The number that an enumeration's value stands for.
    let value: Int64
  }

  enum Kind: Sendable, Equatable {
    /// A number, with the type of its enumeration if it has one.
    case integer(size: Int, isSigned: Bool, enumeration: Int?)
    case real(size: Int)
    case string
    case table(Int)
    case union(Int)
    /// The discriminator in the slot before a union.
    case unionType
  }

  /// The table of that name, if the schema has one.
  subscript(name: String) -> TypeInfo? { indexByName[name].map { types[$0] } }

  private init() {
    types = (0..<ctf_type_count()).map { type in
      TypeInfo(
        name: unsafe String(cString: ctf_type_name(type)),
        members: (0..<ctf_member_count(type)).map { unsafe Member(ctf_member_at(type, $0)) })
    }
    indexByName = Dictionary(
      uniqueKeysWithValues: types.enumerated().map { ($0.element.name, $0.offset) })
  }
}

extension Schema.Member {
  fileprivate init(_ member: ctf_member) {
    unsafe self.init(
      name: String(cString: member.name), kind: Schema.Kind(member.kind, type: member.type),
      isVector: member.is_vector, value: member.value)
  }
}

extension Schema.Kind {
  fileprivate init(_ kind: ctf_member_kind, type: Int32) {
    let reference = type < 0 ? nil : Int(type)
    func integer(_ size: Int, _ isSigned: Bool) -> Self {
      .integer(size: size, isSigned: isSigned, enumeration: reference)
    }
    switch kind {
    case CTF_UNION_TYPE: self = .unionType
    case CTF_BOOL, CTF_UINT8: self = integer(1, false)
    case CTF_INT8: self = integer(1, true)
    case CTF_INT16: self = integer(2, true)
    case CTF_UINT16: self = integer(2, false)
    case CTF_INT32: self = integer(4, true)
    case CTF_UINT32: self = integer(4, false)
    case CTF_INT64: self = integer(8, true)
    case CTF_UINT64: self = integer(8, false)
    case CTF_FLOAT32: self = .real(size: 4)
    case CTF_FLOAT64: self = .real(size: 8)
    case CTF_STRING: self = .string
    default:
      self = type >= 0 && ctf_kind_of_type(type) == CTF_UNION ? .union(Int(type)) : .table(Int(type))
    }
  }
}

/// Names that the schema gives to numbers in a `Record`.
package enum OptionNames {
  /// Such as `SAME` for 0 in the field `padding` of `Conv2DOptions`; nil where the schema names none.
  package static func name(of value: Int, field: String, in typeName: String) -> String? {
    let schema = Schema.current
    guard let member = schema[typeName]?.members.first(where: { $0.name == field }),
      case .integer(_, _, let enumeration?) = member.kind
    else { return nil }
    return schema.types[enumeration].members.first { $0.value == Int64(value) }?.name
  }
}
