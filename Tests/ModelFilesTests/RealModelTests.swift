import Foundation
import GraphIR
import Testing
import _TestSupport

@testable import ModelFiles

@Suite(.enabled(if: RealModels.isAvailable, "NNOPT_MODELS names no folder with models"))
struct RealModelTests {
  private func bytes(of entry: RealModels.Entry) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: entry.path)))
  }

  @Test(arguments: RealModels.all)
  func everythingSurvives(entry: RealModels.Entry) throws {
    let model = try ModelFile.read(path: entry.path)
    #expect(model.unknownParts.isEmpty)
    let old = try bytes(of: entry)
    let new = try ModelFile.serialize(model)
    #expect(try FileContents.differences(between: old, and: new) == [])
    #expect(new.count <= old.count + old.count / 100 + 1024)
  }

  @Test(arguments: RealModels.all)
  func secondWriteIsTheSame(entry: RealModels.Entry) throws {
    let once = try ModelFile.serialize(ModelFile.read(path: entry.path))
    let twice = try ModelFile.serialize(ModelFile.parse(once, name: entry.path))
    #expect(once == twice)
  }

  @Test(arguments: RealModels.all)
  func weightsAreAligned(entry: RealModels.Entry) throws {
    let new = try ModelFile.serialize(ModelFile.read(path: entry.path))
    let model = try ModelFile.parse(new, name: entry.path)
    let starts = model.buffers.filter { !$0.isEmpty }.map(\.bytes.startIndex)
    #expect(!starts.isEmpty)
    #expect(starts.allSatisfy { $0 % 16 == 0 })
  }

  @Test(arguments: RealModels.all)
  func cutOffFilesAreRefused(entry: RealModels.Entry) throws {
    let whole = try bytes(of: entry)
    for count in [whole.count / 4, whole.count / 2, whole.count - whole.count / 8] {
      #expect(throws: ModelFileError.self) {
        try ModelFile.parse(Array(whole.prefix(count)), name: entry.path)
      }
    }
  }
}
