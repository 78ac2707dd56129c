import Tensors
import Testing

@testable import Striping

@Suite struct StripePlanCSVTests {
  @Test(arguments: 0..<10) func whatIsWrittenIsRead(_ seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    var read = 0
    for _ in 0..<50 {
      let run = StripePlanTests.randomRun(&random)
      guard let plan = try? StripePlan(run, rowsPerTurn: run.leastRows) else { continue }
      let copy = try StripePlan(csv: plan.csv)
      #expect(copy == plan)
      #expect(copy.csv == plan.csv)
      read += 1
    }
    #expect(read > 10)
  }

  /// A plan made elsewhere is judged, whatever its numbers.
  @Test func otherNumbersAreJudged() throws {
    let text = """
      turns,9,rows,1
      map,height,8,rowBytes,4,rate,1,delay,0,history,0,carried,1
      map,height,8,rowBytes,4,rate,1,delay,0,history,2,carried,1
      map,height,8,rowBytes,4,rate,1,delay,1,history,0,carried,1
      layer,inputs,0,extent,3,stride,1,padding,1,repeats,1,work,5
      layer,inputs,1,extent,3,stride,1,padding,1,repeats,1,work,7

      """
    let right = try StripePlan(csv: text)
    #expect(right.csv == text)
    #expect(StripeJudge.fault(of: right, StripeSource(right, .apart)) == nil)
    for (old, new) in [
      ("turns,9", "turns,8"), ("history,2", "history,1"), ("delay,0,history,2", "delay,1,history,2"),
    ] {
      var changed = text
      changed.replace(old, with: new)
      let wrong = try StripePlan(csv: changed)
      #expect(StripeJudge.fault(of: wrong, StripeSource(wrong, .apart)) != nil, "\(new)")
    }
  }

  @Test(
    arguments: [
      "", "x", "turns,1", "turns,0,rows,1", "turns,1,rows,1\nmap,height,4", "turns,1,rows,1\nlayer,inputs,9",
      "turns,1,rows,1\nmap,height,99999999999999,rowBytes,4,rate,1,delay,0,history,0,carried,1",
      "turns,1,rows,1\nmap,height,4,rowBytes,4,rate,1,delay,0,history,0,carried,1",
    ]) func nonsenseIsRefused(_ text: String)
  {
    #expect(throws: StripingError.self) { try StripePlan(csv: text) }
  }
}
