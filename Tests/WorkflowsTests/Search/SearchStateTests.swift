import Foundation
import Testing

@testable import Workflows

@Suite struct SearchStateTests {
  private var state: SearchState {
    SampleSearch.state([
      .init(SampleSearch.pruned(30), figures: SampleSearch.figures(top1: 1.0 / 3, milliseconds: 0.1)),
      .init(SearchCandidate([.decompose(.bytes, errorPermille: 30)]), refusal: "there is nothing to do"),
    ])
  }

  private func text() throws -> String { String(decoding: try state.encoded(), as: UTF8.self) }

  @Test func roundTripKeepsEveryBit() throws {
    #expect(try SearchState(json: state.encoded(), fingerprint: "f") == state)
    #expect(state.measuredCount == 1)
  }

  @Test func otherInputsAreRefused() throws {
    let json = try state.encoded()
    #expect(throws: SearchStateError.otherInputs) { try SearchState(json: json, fingerprint: "g") }
  }

  @Test func everyTruncationIsRefused() throws {
    let json = try state.encoded()
    for count in 0..<json.count - 1 {
      #expect(throws: SearchStateError.self) { try SearchState(json: json.prefix(count), fingerprint: "f") }
    }
  }

  @Test(arguments: [
    ("\"percent\" : 30", "\"percent\" : 130"), ("\"fileBytes\" : 100", "\"fileBytes\" : -1"),
    ("\"milliseconds\" : 0.1", "\"milliseconds\" : -0.1"), ("\"top1\" : 0.9", "\"top1\" : 9"),
  ])
  func damageIsFound(from: String, to: String) throws {
    let text = try text()
    #expect(text.contains(from))
    let json = Data(text.replacingOccurrences(of: from, with: to).utf8)
    do {
      _ = try SearchState(json: json, fingerprint: "f")
      Issue.record("was read")
    } catch {
      guard case .damaged = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test func otherVersionsAreNamed() throws {
    let json = Data(try text().replacingOccurrences(of: "\"version\" : 1", with: "\"version\" : 7").utf8)
    #expect(throws: SearchStateError.otherVersion(7)) { try SearchState(json: json, fingerprint: "f") }
  }

  @Test func twiceTheSameCandidateIsDamage() throws {
    var twice = state
    twice.add([state.entries[0]])
    let json = try twice.encoded()
    #expect(throws: SearchStateError.self) { try SearchState(json: json, fingerprint: "f") }
  }

  @Test func whatTFLMCannotRunIsNoContender() {
    let entries = [
      SearchState.Entry(SampleSearch.pruned(0), figures: SampleSearch.figures(refusal: "hybrid"))
    ]
    #expect(SampleSearch.state(entries).contenders.isEmpty)
    var strange = SearchState(fingerprint: "f", before: SampleSearch.figures(refusal: "no kernel"))
    strange.add(entries)
    #expect(strange.contenders.count == 1)
  }
}
