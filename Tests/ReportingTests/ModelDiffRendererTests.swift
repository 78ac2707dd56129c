import Foundation
import Tensors
import Testing

@testable import GraphIR
@testable import Reporting

@Suite struct ModelDiffRendererTests {
  private func hostile() -> (Model, Model) {
    let before = SampleReports.chain(50, name: { "\(SampleReports.hostileName)\($0)" })
    var after = before
    after.graphs[0].nodes.swapAt(0, 1)
    after.graphs[0].nodes[3].code = OperatorCode(.custom, customName: SampleReports.hostileName)
    for index in after.graphs[0].values.indices { after.graphs[0].values[index].elementType = .uint8 }
    after.metadata = [.init(name: SampleReports.hostileName, data: TensorData([1]))]
    after.description = SampleReports.hostileName
    return (before, after)
  }

  private func diff(_ models: (Model, Model)) -> ModelDiff {
    ModelDiff(before: .init(model: models.0, fileBytes: 2), after: .init(model: models.1, fileBytes: 1))
  }

  @Test(arguments: [40, 100]) func hostileNamesAreSafeToShow(width: Int) throws {
    let style = TerminalStyle(isColored: false, width: width)
    let text = ModelDiffTextRenderer(style: style).render(
      diff(hostile()), before: SampleReports.hostileName, after: "b")
    #expect(!SampleReports.hasControls(text))
    #expect(text.contains("more; --json lists all"))
    let json = try ModelDiffJSONRenderer().render(diff(hostile()), before: "a", after: "b")
    #expect(!SampleReports.hasControls(json))
  }

  @Test func keysAreAnInterface() throws {
    let text = try ModelDiffJSONRenderer().render(diff(hostile()), before: "a", after: "b")
    let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let document = try #require(object)
    #expect(
      document.keys.sorted() == ["after", "before", "changes", "document", "equal", "nnopt", "summary"])
    let changes = try #require(document["changes"] as? [String: Any])
    #expect(changes.keys.sorted() == ["constants", "figures", "operators", "surroundings", "tensors"])
    #expect(document["equal"] as? Bool == false)
  }

  @Test func equalModelsAreSaidToBe() {
    let model = SampleReports.branches()
    let text = ModelDiffTextRenderer(style: TerminalStyle(isColored: false)).render(
      diff((model, model)), before: "a", after: "b")
    #expect(text.hasPrefix("before a\nafter  b\n"))
    #expect(text.hasSuffix("the models have equal content"))
  }
}
