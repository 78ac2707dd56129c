import Testing

@testable import Boards

@Suite struct FrameworkFootprintTests {
  @Test func entriesAreNamedOnceAndHaveSources() {
    let all = FrameworkFootprint.all
    #expect(Set(all.map(\.id)).count == all.count)
    for entry in all {
      #expect(entry.bytes > 0 && !entry.source.isEmpty && !entry.conditions.isEmpty)
      #expect(FrameworkFootprint.named(entry.id) == entry)
    }
    #expect(FrameworkFootprint.named("esp-idf") == nil)
  }
}
