import Foundation
import GraphIR
import Testing
import _TestSupport

@testable import Reporting

/// What `nnopt plan --json` prints has the form that `Documentation/Schemas/plan.schema.json` describes.
@Suite struct PlanSchemaTests {
  @Test func documentsHaveTheDescribedForm() throws {
    let schema = try JSONSchema(of: "plan")
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
    let schema = try JSONSchema(of: "plan")
    let wrong: [String: Any] = ["models": [["path": 1, "more": 2]], "document": "x", "nnopt": "0"]
    let problems = schema.problems(in: wrong)
    for part in ["failures is missing", "path is no string", "more is not described", "document is not"] {
      #expect(problems.contains { $0.contains(part) }, "\(part)")
    }
  }
}
