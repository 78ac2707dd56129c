import Passes
import Testing

@testable import Workflows

@Suite struct FitLadderTests {
  private func ladder(
    hasSamples: Bool = true, isQuantizable: Bool = true, isStored: Bool = false, needsFloats: Bool = false,
    hasIntegerWeights: Bool = false
  ) -> FitLadder {
    FitLadder(
      base: Recipe(), hasSamples: hasSamples, isQuantizable: isQuantizable, isStored: isStored,
      needsFloats: needsFloats, hasIntegerWeights: hasIntegerWeights)
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

  private static let (few, many) = ("--stripes-fit", "--stripes-fit --max-extra-macs 0.5")

  @Test func leastHarmComesFirst() {
    let tried = options(ladder())
    #expect(
      tried.prefix(5) == [
        "", Self.few, "--quantize int8 \(Self.few)", "--quantize int8 \(Self.many)",
        "--prune channels:10% --quantize int8 \(Self.many)",
      ])
    #expect(tried.count == 4 + FitLadder.percents.count)
    #expect(tried.last == "--prune channels:80% --quantize int8 \(Self.many)")
  }

  @Test func flashAloneNeedsNoStripes() {
    let tried = options(ladder()) { Self.missing($0, arena: 0, flash: 1) }
    #expect(tried.count == 5 + FitLadder.percents.count)
    #expect(!tried.contains { $0.contains("stripes") })
  }

  @Test func whatFitsEndsIt() {
    #expect(options(ladder()) { Self.missing($0, arena: 0) } == [""])
    #expect(options(ladder()) { Self.missing($0, arena: $0.stripes == nil ? 1 : 0) }.count == 2)
    #expect(options(ladder()) { Self.missing($0, arena: $0.quantization == nil ? 1 : 0) }.count == 3)
  }

  @Test func nothingIsTriedWithoutItsData() {
    #expect(options(ladder(hasSamples: false)) == ["", Self.few, Self.many])
    #expect(options(ladder(isQuantizable: false)) == ["", Self.few, Self.many])
    // Pruning is not done unjudged.
    let unjudged = options(ladder()) { Self.missing($0, top1: nil) }
    #expect(unjudged.last == "--quantize int8 \(Self.many)")
  }

  @Test func namesGoForFlash() {
    let tried = options(ladder()) { Self.missing($0, arena: 0, flash: 1) }
    #expect(
      tried.prefix(6) == [
        "", "--strip", "--compress auto --strip", "--quantize int8 --strip",
        "--quantize int8 --weights int4 --strip",
        "--prune channels:10% --quantize int8 --weights int4 --strip",
      ])
  }

  @Test func weightsOfFourBitsThatHarmAreNotKept() {
    let tried = options(ladder()) { recipe in
      guard recipe.quantization?.weights == .int4 else { return Self.missing(recipe, arena: 0, flash: 1) }
      return FitAttempt(recipe, failure: "no")
    }
    #expect(tried.count { $0.contains("int4") } == 1)
    #expect(tried.last == "--prune channels:80% --quantize int8 --strip")
    #expect(!options(ladder()).contains { $0.contains("int4") }, "the arena alone is short")
  }

  /// A model that is int8 already has nothing left but its weights.
  @Test func integerModelsGetNarrowWeightsForFlash() {
    let ladder = ladder(isQuantizable: false, hasIntegerWeights: true)
    let narrow = "--quantize int8 --weights int4 --strip"
    let tried = options(ladder) { Self.missing($0, arena: 0, flash: 1) }
    #expect(tried == ["", "--strip", "--compress auto --strip", narrow])
    #expect(options(ladder).allSatisfy { !$0.contains("int4") })
    let both = options(ladder) { Self.missing($0, arena: 1, flash: 1) }
    #expect(both.last == "--quantize int8 --weights int4 \(Self.many) --strip")
    let withoutSamples = self.ladder(hasSamples: false, isQuantizable: false, hasIntegerWeights: true)
    #expect(
      !options(withoutSamples) { Self.missing($0, arena: 0, flash: 1) }.contains { $0.contains("int4") })
  }

  @Test func floatFallbackIsTriedWhereIntegersAreRefused() {
    let tried = options(ladder()) { recipe in
      recipe.quantization?.precision == .int8 ? FitAttempt(recipe, failure: "no") : Self.missing(recipe)
    }
    #expect(
      tried[2] == "--quantize int8 \(Self.few)" && tried[3] == "--quantize int8-fallback \(Self.few)")
    #expect(tried[5] == "--prune channels:10% --quantize int8-fallback \(Self.many)")
    let refused = options(ladder()) { recipe in
      recipe.quantization == nil ? Self.missing(recipe) : FitAttempt(recipe, failure: "no")
    }
    #expect(
      refused == [
        "", Self.few, "--quantize int8 \(Self.few)", "--quantize int8-fallback \(Self.few)",
      ])
  }

  @Test func whatTFLMRefusesBecomesFloat() {
    let tried = options(ladder(hasSamples: false, isStored: true)) {
      Self.missing($0, arena: 0, refusal: $0.quantization == nil ? "float16" : nil)
    }
    #expect(tried == ["", "--quantize float32"])
    let short = options(ladder(hasSamples: false, isStored: true)) {
      Self.missing($0, refusal: $0.quantization == nil ? "float16" : nil)
    }
    #expect(
      short == [
        "", "--quantize float32", "--quantize float32 \(Self.few)", "--quantize float32 \(Self.many)",
      ])
    var attempts = [Self.missing(Recipe())]
    while let recipe = ladder(needsFloats: true).next(after: attempts), recipe.quantization == nil {
      attempts.append(Self.missing(recipe))
    }
    #expect(ladder(needsFloats: true).next(after: attempts)?.restoresFloats == true)
  }
}
