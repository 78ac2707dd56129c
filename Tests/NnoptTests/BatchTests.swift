import Foundation
import Testing

@testable import nnopt

/// Whatever one model of a batch does, the others get their rows.
@Suite struct BatchTests {
  /// A batch whose members are a shell that runs a script; `$*` are the positions left out.
  private func batch(_ script: String, seconds: Int = 600) -> Batch {
    Batch(
      executable: URL(filePath: "/bin/sh"),
      arguments: { losses in ["-c", script, "sh"] + losses.map { "\($0.position)" } }, count: 3,
      seconds: seconds)
  }

  @Test func theCodeOfAWholeMemberIsTheBatchs() {
    #expect(batch("echo 0 >&0; echo 1 >&0; exit 2").run() == 2)
  }

  @Test func aCrashIsLeftOut() {
    #expect(batch("echo 0 >&0; case \"$*\" in *1*) exit 1;; esac; echo 1 >&0; kill -SEGV $$").run() == 1)
  }

  @Test func whatHangsIsLeftOut() {
    #expect(batch("case \"$*\" in *0*) exit 1;; esac; echo 0 >&0; exec sleep 60", seconds: 1).run() == 1)
  }

  @Test func aCrashBeforeTheFirstModelGivesUp() {
    #expect(batch("exit 64").run() == 64)
  }

  @Test func lossesAreArguments() {
    let loss = Batch.Loss(position: 2, reason: "it takes: long")
    #expect(Batch.Loss(argument: loss.argument) == loss)
    #expect(Batch.Loss(argument: "x") == nil)
  }

  @Test func membersPlanTheRest() throws {
    let models = ["cnn_int8", "randwire_float32"].map(Tool.model)
    let result = try Tool.run(["plan", "--json", "--member-of-batch", "--without", "0:it is odd"] + models)
    #expect(result.status == 1)
    #expect(result.errors.contains("cnn_int8.tflite: it is odd"))
    #expect(result.output.contains("randwire_float32"))
  }

  @Test func oneModelThatCannotBePlannedLeavesTheOthers() throws {
    let result = try Tool.run(["plan", "--json", "/does/not/exist", Tool.model("cnn_int8")])
    #expect(result.status == 1)
    #expect(result.output.contains("cnn_int8.tflite") && result.output.contains("failures"))
  }
}
