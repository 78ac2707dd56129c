import Foundation
import GraphIR
import Testing
import Workflows
import _TestSupport

@testable import Passes
@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct PlanSVGRendererTests {
  /// Counts elements, and remembers what an SVG says.
  private final class Contents: NSObject, XMLParserDelegate {
    var tensors = 0
    var names: [String: Int] = [:]
    var text = ""

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String]
    ) {
      names[name, default: 0] += 1
      let style = attributes["class"] ?? ""
      if name == "rect", style.hasPrefix("t"), attributes["height"] != "12" { tensors += 1 }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) { text += string }
  }

  private func parsed(_ report: PlanReport) throws -> Contents {
    let parser = XMLParser(data: Data(PlanSVGRenderer().render(report).utf8))
    let contents = Contents()
    parser.delegate = contents
    try #require(parser.parse())
    return contents
  }

  @Test func hasARectangleForEachTensor() throws {
    let report = try SampleReports.report(
      SampleReports.branches(), board: SampleReports.board(1024), limitBytes: 1 << 20)
    let contents = try parsed(report)
    #expect(contents.tensors == 6)
    #expect(contents.text.contains("peak 1,408 B (1.4 KiB) at step 1, operator 2 (AVERAGE_POOL_2D)"))
    #expect(contents.text.contains("proved: no order needs less"))
    #expect(contents.text.contains("46.3 % below the file's order (2,624 B)"))
    #expect(contents.text.contains("tiny 1,024 B (1.0 KiB)"))
    #expect(contents.text.contains("limit 1,048,576 B (1.0 MiB): above this picture"))
    #expect(contents.text.contains("left/expand\n1×8×8×20 int8\n1,280 B (1.3 KiB) at offset"))
    #expect(contents.names["script"] == nil)
  }

  @Test(arguments: [0, 1, 2, 50, 600])
  func handlesAnyNumberOfSteps(operators: Int) throws {
    let contents = try parsed(SampleReports.report(SampleReports.chain(operators)))
    #expect(contents.tensors == operators + 1)
  }

  @Test func handlesNothing() throws {
    #expect(try parsed(SampleReports.report(Model(graphs: [GraphBuilder().graph]))).tensors == 0)
    let empty = SampleReports.chain(3, bytes: { _ in 0 })
    #expect(try parsed(SampleReports.report(empty)).tensors == 0)
  }

  @Test func hostileNamesStayText() throws {
    let report = try SampleReports.report(
      SampleReports.chain(3, name: { _ in SampleReports.hostileName }), path: SampleReports.hostileName)
    #expect(!SampleReports.hasControls(PlanSVGRenderer().render(report)))
    let contents = try parsed(report)
    #expect(contents.tensors == 4)
    #expect(contents.text.contains("a<&\"'>"))
  }

  @Test func hugeSizesStayInThePicture() throws {
    let report = try SampleReports.report(SampleReports.chain(2))
    for bytes in [1 << 61, Int.max] {
      let plan = report.plan.changed(arenaBytes: bytes)
      #expect(try parsed(report.changed(plan: plan)).tensors == 3)
    }
  }

  @Test func isTheSameEveryTime() throws {
    let report = try SampleReports.report(SampleReports.branches())
    #expect(PlanSVGRenderer().render(report) == PlanSVGRenderer().render(report))
  }
}
