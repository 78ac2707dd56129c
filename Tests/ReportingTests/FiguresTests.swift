import Testing

@testable import Reporting

@Suite struct FiguresTests {
  @Test(arguments: [
    (0, "0"), (7, "7"), (999, "999"), (1000, "1,000"), (-1234, "−1,234"), (1_376_256, "1,376,256"),
    (Int.max, "9,223,372,036,854,775,807"), (Int.min, "−9,223,372,036,854,775,808"),
  ])
  func grouped(number: Int, expected: String) {
    #expect(Figures.grouped(number) == expected)
  }

  @Test(arguments: [
    (0, "0 B"), (1023, "1,023 B"), (1024, "1,024 B (1.0 KiB)"), (180_224, "180,224 B (176.0 KiB)"),
    (1_376_256, "1,376,256 B (1.3 MiB)"), (3 << 30, "3,221,225,472 B (3.0 GiB)"),
    (Int.max, "9,223,372,036,854,775,807 B (8.0 EiB)"),
  ])
  func bytes(count: Int, expected: String) {
    #expect(Figures.bytes(count) == expected)
  }

  @Test(arguments: [
    (0, "0 MACs"), (9999, "9,999 MACs"), (7_158_144, "7,158,144 MACs (7.2 M)"),
    (Int.max, "9,223,372,036,854,775,807 MACs (9.2 E)"),
  ])
  func count(number: Int, expected: String) {
    #expect(Figures.count(number, "MACs") == expected)
  }

  @Test(arguments: [
    (196_608, 180_224, "−8.3 %"), (196_608, 212_992, "+8.3 %"), (5, 5, "0.0 %"), (0, 5, ""), (0, 0, ""),
    (10, 0, "−100.0 %"), (1_269_232, 1_269_200, "−0.003 %"), (1 << 40, 1 << 40 + 1, "+0.001 %"),
  ])
  func change(old: Int, new: Int, expected: String) {
    #expect(Figures.change(from: old, to: new) == expected)
  }

  @Test func share() {
    #expect(Figures.share(1, of: 2) == "50.0 %")
    #expect(Figures.share(Int.max, of: Int.max) == "100.0 %")
    #expect(Figures.share(1, of: 0) == "")
  }

  @Test(arguments: [
    (0.0, "0.000 s"), (0.0054, "0.005 s"), (12.345, "12.3 s"), (3600, "3,600.0 s"), (.infinity, "? s"),
    (.nan, "? s"), (1e300, "? s"),
  ])
  func seconds(seconds: Double, expected: String) {
    #expect(Figures.seconds(seconds) == expected)
  }

  @Test func decimal() {
    #expect(Figures.decimal(1234.5, places: 0) == "1,235")
    #expect(Figures.decimal(-0.04, places: 1) == "0.0")
    #expect(Figures.decimal(-1.25, places: 1) == "−1.3")
  }
}
