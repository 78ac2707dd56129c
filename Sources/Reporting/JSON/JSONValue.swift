/// Any JSON, to leave out what a reader does not need.
enum JSONValue: Codable {
  case null
  case flag(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let flag = try? container.decode(Bool.self) {
      self = .flag(flag)
    } else if let integer = try? container.decode(Int.self) {
      self = .integer(integer)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([JSONValue].self) {
      self = .list(list)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .flag(let flag): try container.encode(flag)
    case .integer(let integer): try container.encode(integer)
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .list(let list): try container.encode(list)
    case .object(let object): try container.encode(object)
    }
  }

  /// Without what stands at some paths of keys; lists are gone through.
  func without(_ paths: [[String]]) -> JSONValue {
    switch self {
    case .list(let list): return .list(list.map { $0.without(paths) })
    case .object(let object):
      var result = object
      for path in paths where path.count == 1 { result[path[0]] = nil }
      for (key, value) in result {
        let below = paths.filter { $0.count > 1 && $0[0] == key }.map { Array($0.dropFirst()) }
        if !below.isEmpty { result[key] = value.without(below) }
      }
      return .object(result)
    default: return self
    }
  }
}
