import Foundation

/// The part of JSON Schema (draft 2020-12) that the files in `Documentation/Schemas` use.
package struct JSONSchema {
  private let root: [String: Any]

  /// - Parameter document: what is printed, such as `plan`.
  package init(of document: String) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Documentation/Schemas/\(document).schema.json")
    root = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
  }

  /// What in a document, as `JSONSerialization` reads it, is not as the schema says.
  package func problems(in document: Any) -> [String] { problems(document, root, "$") }

  private func problems(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
    if let constant = schema["const"] as? String {
      return value as? String == constant ? [] : ["\(place) is not \(constant)"]
    }
    if let reference = schema["$ref"] as? String {
      let name = reference.replacingOccurrences(of: "#/$defs/", with: "")
      guard let target = (root["$defs"] as? [String: Any])?[name] as? [String: Any] else {
        return ["\(place): \(reference) is missing"]
      }
      return problems(value, target, place)
    }
    if let types = schema["type"] as? [String] {
      let found = types.map { problems(value, ["type": $0], place) }
      return found.contains([]) ? [] : found.first ?? []
    }
    if let cases = schema["enum"] as? [String], (value as? String).map(cases.contains) == false {
      return ["\(place) is none of \(cases)"]
    }
    guard !schema.keys.allSatisfy({ $0 == "description" }) else { return [] }
    switch schema["type"] as? String {
    case "object": return objectProblems(value, schema, place)
    case "array":
      guard let items = value as? [Any], let form = schema["items"] as? [String: Any] else {
        return ["\(place) is no array"]
      }
      return items.enumerated().flatMap { problems($1, form, "\(place)[\($0)]") }
    case "string": return value is String ? [] : ["\(place) is no string"]
    case "integer": return value is Int ? [] : ["\(place) is no integer"]
    case "number": return value is Double ? [] : ["\(place) is no number"]
    case "null": return value is NSNull ? [] : ["\(place) is not null"]
    case "boolean": return value is Bool ? [] : ["\(place) is no boolean"]
    default: return ["\(place) has no type"]
    }
  }

  private func objectProblems(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
    guard let object = value as? [String: Any], let forms = schema["properties"] as? [String: Any] else {
      return ["\(place) is no object"]
    }
    let required = schema["required"] as? [String] ?? []
    let missing = required.filter { object[$0] == nil }.map { "\(place).\($0) is missing" }
    return missing
      + object.sorted { $0.key < $1.key }.flatMap { key, value -> [String] in
        guard let form = forms[key] as? [String: Any] else { return ["\(place).\(key) is not described"] }
        return problems(value, form, "\(place).\(key)")
      }
  }
}
