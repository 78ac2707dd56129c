import Foundation
import Testing

@Suite struct PlaceTests {
  private let problem = "id,lower,upper,size\nb1,0,3,4\nb2,3,9,4\nb3,0,9,4\n"

  @Test func offsetsAreAddedToTheCSV() throws {
    try Tool.withFolder { folder in
      let file = folder.appending(path: "b.csv")
      try Data(problem.utf8).write(to: file)
      let result = try Tool.run(["place", file.path, "--capacity", "8"])
      #expect(result.status == 0)
      #expect(result.output == "id,lower,upper,size,offset\nb1,0,3,4,0\nb2,3,9,4,0\nb3,0,9,4,4\n")
      #expect(result.errors.contains("proved: no arena is smaller"))
    }
  }

  @Test func tooSmallACapacityExitsWithTwo() throws {
    try Tool.withFolder { folder in
      let file = folder.appending(path: "b.csv")
      try Data(problem.utf8).write(to: file)
      let result = try Tool.run(["place", file.path, "--capacity", "7"])
      #expect(result.status == 2)
      #expect(result.errors.contains("no placement fits: requested 8, available 7, missing 1 bytes"))
    }
  }

  @Test func badRowsAreNamedByLine() throws {
    try Tool.withFolder { folder in
      let file = folder.appending(path: "b.csv")
      try Data("id,lower,upper,size\nb1,3,3,4\n".utf8).write(to: file)
      let result = try Tool.run(["place", file.path])
      #expect(result.status == 1)
      #expect(result.errors.contains("b.csv: line 2: the buffer is never live"))
    }
  }
}
