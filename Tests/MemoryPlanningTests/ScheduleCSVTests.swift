import Tensors
import Testing

@testable import MemoryPlanning

@Suite struct ScheduleCSVTests {
  @Test func roundTripKeepsEverything() throws {
    var generator = SeededRandom(seed: 9)
    for steps in 0..<20 {
      let problem = try randomScheduleProblem(steps: steps, extraPrecedences: steps, using: &generator)
      #expect(try ScheduleProblem(csv: problem.csv) == problem)
    }
  }

  @Test(arguments: [
    ("kind,index,bytes,producer,steps\n", "line 1: column 'kept' is missing"),
    ("kind,index,bytes,producer,steps,kept\nstep,0,x,,,\n", "line 2: 'x' under 'bytes'"),
    ("kind,index,bytes,producer,steps,kept\nstep,1,0,,,\n", "line 2: the step rows must be numbered"),
    ("kind,index,bytes,producer,steps,kept\nstop,0,0,,,\n", "line 2: kind 'stop'"),
    ("kind,index,bytes,producer,steps,kept\nbuffer,0,8,,1 q,\n", "line 2: 'q' under 'steps'"),
  ])
  func errorsNameTheLine(text: String, message: String) {
    #expect { try ScheduleProblem(csv: text) } throws: { "\($0)".hasPrefix(message) }
  }
}
