import Foundation
import Testing
import Workflows

@testable import Passes
@testable import Reporting

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct SearchRendererTests {
  private let style = TerminalStyle(isColored: false, width: 120)

  @Test func textNamesTheBestAndTheirCommands() {
    let text = SearchTextRenderer(style: style).render(SampleSearches.report(SampleSearches.usual))
    #expect(text.contains("6 sequences measured (seed 7), top-1 of 5,000 samples"))
    #expect(text.contains("smallest within 1.00 points: 15,000 B, arena 7,500 B, 89.50 %\n  nnopt optimize "))
    #expect(text.contains("most accurate: 20,000 B"))
    #expect(text.contains("fastest within 1.00 points: 15,000 B"))
    #expect(text.contains("as TFLM does not run them rightly (a hybrid model): --quantize dynamic"))
    #expect(text.contains("--decompose macs:1%: decompose: there is nothing to do"))
    #expect(text.hasSuffix("wrote the smallest to out.tflite"))
    #expect(!text.contains("16,000 B"))
    #expect(!text.contains(" ms"))
  }

  @Test func textShowsTimesWhereABoardIsGiven() {
    let entries = [SampleSearches.entry(0, SampleSearches.figures(20_000, 0.9, milliseconds: 12.3))]
    let report = SampleSearches.report(
      entries, before: SampleSearches.figures(80_000, 0.9, milliseconds: 99), output: nil, board: "esp32")
    let text = SearchTextRenderer(style: style).render(report)
    #expect(text.contains("12 ms") && text.contains("99 ms") && text.contains("nnopt plan --board esp32"))
    #expect(text.hasSuffix("dry run: nothing was written"))
  }

  @Test func jsonHasTheStableKeys() throws {
    let text = try SearchJSONRenderer().render(SampleSearches.report(SampleSearches.usual))
    let document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(
      document.keys.sorted() == [
        "accuracy", "before", "best", "budget", "document", "front", "maximumDrop", "measured", "nnopt",
        "output",
        "path",
        "preferred", "refused", "samples", "seed",
      ])
    let front = try #require(document["front"] as? [[String: Any]])
    #expect(front.count == 4)
    #expect(
      front[0].keys.sorted() == [
        "arenaBytes", "command", "fileBytes", "macs", "options", "parameters", "peakBytes", "top1",
      ])
    #expect((document["best"] as? [String: Any])?.keys.sorted() == ["accuracy", "arena", "size", "speed"])
    #expect((document["measured"] as? [Any])?.count == 6)
    #expect((document["refused"] as? [[String: Any]])?.first?["reason"] is String)
  }

  @Test func pictureShowsEveryPoint() throws {
    let svg = SearchSVGRenderer().render(SampleSearches.report(SampleSearches.usual))
    #expect(svg.components(separatedBy: "class=\"best\"").count - 1 == 4)
    #expect(svg.components(separatedBy: "class=\"front\"").count - 1 == 2)
    #expect(svg.components(separatedBy: "class=\"other\"").count - 1 == 2)
    #expect(svg.components(separatedBy: "class=\"before\"").count - 1 == 2)
    #expect(svg.contains("file size, KiB (logarithmic)") && svg.contains("arena, KiB (logarithmic)"))
    #expect(svg.contains("top-1, %"))
    #expect(svg.contains("my model.tflite"))
    #expect(XMLParser(data: Data(svg.utf8)).parse())
  }

  @Test func pictureOfNothingIsWhole() {
    for entries in [[], [SampleSearches.entry(0, SampleSearches.figures(80_000, 0.9))]] {
      let svg = SearchSVGRenderer().render(SampleSearches.report(entries))
      #expect(svg.hasSuffix("</svg>\n") && !svg.contains("nan") && !svg.contains("inf"))
    }
  }
}
