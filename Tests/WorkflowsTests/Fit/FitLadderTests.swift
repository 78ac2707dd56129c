import Passes
import Testing

@testable import Workflows

@Suite struct FitLadderTests {
  private func ladder(
    hasSamples: Bool = true, isQuantizable: Bool = true, isStored: Bool = false, needsFloats: Bool = false
  ) -> FitLadder {
    FitLadder(
      base: Recipe(), hasSamples: hasSamples, isQuantizable: isQuantizable, isStored: isStored,
      needsFloats: needsFloats)
  }

  /// The options that a ladder tries where every attempt ends alike.
  private func options(
    _ ladder: FitLadder, outcome: (Recipe) -> FitAttempt = { missing($0) }
  ) -> [String] {
    var attempts: [FitAttempt] = []
    while let recipe = ladder.next(after: attempts), attempts.count < 30 { attempts.append(outcome(recipe)) }
    return attempts.map { $0.options.joined(separator: " ") }
  }

  private static func missing(
    _ recipe: Recipe, arena: Int = 1, flash: Int = 0, top1: Double? = 0.9, refusal: String? = nil
  ) -> FitAttempt {
    FitAttempt(
      recipe, figures: SampleSearch.figures(top1: top1).model,
      shortage: FitShortage(arenaBytes: arena, flashBytes: flash), lostPoints: top1.map { _ in 0 },
      refusal: refusal)
  }

  @Test func leastHarmComesFirst() {
    let tried = options(ladder())
    #expect(tried.prefix(3) == ["", "--quantize int8", "--prune channels:10% --quantize int8"])
    #expect(tried.count == 2 + FitLadder.percents.count)
    #expect(tried.last == "--prune channels:80% --quantize int8")
  }

  @Test func whatFitsEndsIt() {
    #expect(options(ladder()) { Self.missing($0, arena: 0) } == [""])
    #expect(options(ladder()) { Self.missing($0, arena: $0.quantization == nil ? 1 : 0) }.count == 2)
  }

  @Test func nothingIsTriedWithoutItsData() {
    #expect(options(ladder(hasSamples: false)) == [""])
    #expect(options(ladder(isQuantizable: false)) == [""])
    // Pruning is not done unjudged.
    #expect(options(ladder()) { Self.missing($0, top1: nil) } == ["", "--quantize int8"])
  }

  @Test func namesGoForFlash() {
    let tried = options(ladder()) { Self.missing($0, arena: 0, flash: 1) }
    #expect(tried.prefix(3) == ["", "--strip", "--quantize int8 --strip"])
  }

  @Test func floatFallbackIsTriedWhereIntegersAreRefused() {
    let tried = options(ladder()) { recipe in
      recipe.quantization?.precision == .int8 ? FitAttempt(recipe, failure: "no") : Self.missing(recipe)
    }
    #expect(tried[1] == "--quantize int8" && tried[2] == "--quantize int8-fallback")
    #expect(tried[3] == "--prune channels:10% --quantize int8-fallback")
    let refused = options(ladder()) { recipe in
      recipe.quantization == nil ? Self.missing(recipe) : FitAttempt(recipe, failure: "no")
    }
    #expect(refused == ["", "--quantize int8", "--quantize int8-fallback"])
  }

  @Test func whatTFLMRefusesBecomesFloat() {
    let tried = options(ladder(hasSamples: false, isStored: true)) {
      Self.missing($0, arena: 0, refusal: $0.quantization == nil ? "float16" : nil)
    }
    #expect(tried == ["", "--quantize float32"])
    let recipe = ladder(needsFloats: true).next(after: [Self.missing(Recipe())])
    #expect(recipe?.restoresFloats == true)
  }
}
