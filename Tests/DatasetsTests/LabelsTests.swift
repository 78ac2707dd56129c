import Foundation
import Testing
import _TestSupport

@testable import Datasets

@Suite struct LabelsTests {
  @Test func arraysOfAnyIntegerAreRead() throws {
    let data = SampleFiles.npy(SampleFiles.header("<i2", "(3, 1)"), [1, 0, 2, 0, 0, 1])
    #expect(try Labels(try NumPyFile.parse(data, file: "y.npy"), file: "y.npy").values == [1, 2, 256])
    let reals = SampleFiles.npy(SampleFiles.header("<f4", "(2,)"), NumericElements.bytes([3, 0] as [Float]))
    #expect(try Labels(try NumPyFile.parse(reals, file: "y.npy"), file: "y.npy").values == [3, 0])
  }

  @Test func theLastColumnOfATableIsTheLabel() throws {
    try TemporaryFolder.with { folder in
      try Data("image,class\n0,7\n1,9\n".utf8).write(to: URL(fileURLWithPath: "\(folder)/y.csv"))
      #expect(try Labels.read("\(folder)/y.csv").values == [7, 9])
    }
  }

  @Test func faultsAreNamed() throws {
    let negative = SampleFiles.npy(SampleFiles.header("|i1", "(2,)"), [0, 255])
    let reason = "is -1.0; class numbers are 0, 1, 2 and so on"
    #expect(throws: DataError.invalidLabel(file: "y.npy", index: 1, reason: reason)) {
      try Labels(try NumPyFile.parse(negative, file: "y.npy"), file: "y.npy")
    }
    let oneHot = SampleFiles.npy(SampleFiles.header("|u1", "(2, 2)"), [0, 1, 1, 0])
    #expect(throws: DataError.self) { try Labels(try NumPyFile.parse(oneHot, file: "y"), file: "y") }
    #expect(throws: DataError.labelCount(file: "y.npy", labels: 3, samples: 2)) {
      try Labels([0, 1, 2], file: "y.npy").check(sampleCount: 2)
    }
  }
}
