import Foundation
import GraphIR
import Testing
import _TestSupport

@testable import Reporting

/// What `nnopt plan --json` prints has the form that `Documentation/plan.schema.json` describes.
@Suite struct PlanSchemaTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Documentation/plan.schema.json")

  @Test func documentsHaveTheDescribedForm() throws {
    let schema = try Schema(Data(contentsOf: Self.file))
    let reports = [
      try SampleReports.report(
        SampleReports.branches(), board: SampleReports.board(1024), limitBytes: 2000),
      try SampleReports.report(SampleReports.chain(3)),
      try SampleReports.report(Model(graphs: [GraphBuilder().graph])),
    ]
    for report in reports {
      let text = try PlanJSONRenderer().render([report])
      let document = try JSONSerialization.jsonObject(with: Data(text.utf8))
      #expect(schema.problems(in: document) == [])
    }
  }

  @Test func otherFormsAreNoticed() throws {
    let schema = try Schema(Data(contentsOf: Self.file))
    let wrong: [String: Any] = ["models": [["path": 1, "more": 2]], "document": "x", "nnopt": "0"]
    let problems = schema.problems(in: wrong)
    for part in ["failures is missing", "path is no string", "more is not described", "document is not"] {
      #expect(problems.contains { $0.contains(part) }, "\(part)")
    }
  }
}

/// The part of JSON Schema (draft 2020-12) that the file uses.
private struct Schema {
  let root: [String: Any]

  init(_ data: Data) throws {
    root = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  func problems(in document: Any) -> [String] { problems(document, root, "$") }

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
