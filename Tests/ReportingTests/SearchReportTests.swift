import Testing

@testable import Passes
@testable import Workflows

@Suite struct SearchReportTests {
  @Test func bestStaysWithinTheDrop() {
    let report = SampleSearches.report(SampleSearches.usual)
    #expect(report.front.map(\.figures.model.fileBytes) == [9_000, 12_000, 15_000, 20_000])
    #expect(report.best(.size)?.figures.model.fileBytes == 15_000)
    #expect(report.best(.speed)?.figures.model.fileBytes == 15_000)
    #expect(report.best(.accuracy)?.figures.model.fileBytes == 20_000)
  }

  @Test func dropOfJustSoManyPointsIsKept() {
    let report = SampleSearches.report([
      SampleSearches.entry(10, SampleSearches.figures(5_000, 0.9 - 0.01))
    ])
    #expect(report.best(.size) != nil)
  }

  @Test func commandQuotesWhatTheShellWouldRead() {
    let report = SampleSearches.report(SampleSearches.usual)
    #expect(
      report.command(SearchCandidate([.prune(percent: 30)], .init(.int8)))
        == "nnopt optimize 'models/my model.tflite' -o out.tflite --prune channels:30% --quantize int8 "
        + "--calibrate 'my data.npy' --scale 0.5")
  }
}
