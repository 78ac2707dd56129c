package import GraphIR
import MemoryPlanning
package import Planning
import Runtimes

/// Stores weights in codings that TFLM's DECODE takes back while the model runs: less flash, for memory of the decoded
/// tensor while its layer runs.
///
/// Only where the arena stays within the budget; without a coding named, only where the file saves more than DECODE's
/// code takes.
package struct CompressWeights: Pass {
  package static let name = "compress"

  let method: CompressionMethod
  let budget: CompressionBudget
  let planner: Planner<TFLMBuild>
  let fileBytes: @Sendable (Model) -> Int?

  /// - Parameters:
  ///   - planner: for the build that has to run the model.
  ///   - fileBytes: the size of a model's file; nil for a model that cannot be written.
  package init(
    _ method: CompressionMethod, _ budget: CompressionBudget, planner: Planner<TFLMBuild>,
    fileBytes: @escaping @Sendable (Model) -> Int?
  ) {
    self.method = method
    self.budget = budget
    self.planner = planner
    self.fileBytes = fileBytes
  }

  package func edit(_ model: inout Model, log: inout PassLog) throws(PassError) {
    if StripeLoops(model) != nil {
      return log.refused(Self.name, "model", "the layout of its striped layers has to stay as it is")
    }
    let before = try planned(model)
    guard before.stock.unknownOperators.isEmpty else {
      let names = before.stock.unknownOperators.joined(separator: ", ")
      return log.refused(Self.name, "model", "TFLM has no kernel for \(names)")
    }
    let candidates = CompressionCandidates(
      model, method, library: planner.runtime.target.kernels, log: &log)
    guard !candidates.all.isEmpty else { return }
    let room = CompressionRoom(before, budget)
    let (small, large) = room.divided(candidates.all)
    for candidate in large { log.refused(Self.name, candidate.place(in: model), room.refusal(of: candidate)) }
    guard let chosen = try largestThatFits(small, room, model) else {
      for candidate in small {
        log.refused(Self.name, candidate.place(in: model), room.refusal(of: candidate))
      }
      return
    }
    for candidate in small.dropLast(chosen.candidates.count) {
      log.refused(Self.name, candidate.place(in: model), room.refusal(of: candidate))
    }
    note(chosen, before, &model, &log)
  }

  /// A model with constants coded, and its plan.
  private struct Trial {
    let candidates: [CompressionCandidate]
    let model: Model
    let planned: PlannedModel
  }

  /// The candidates without those that need the most room; as few of these as the budget asks for.
  ///
  /// - Parameter sorted: those that need the most room first.
  private func largestThatFits(
    _ sorted: [CompressionCandidate], _ room: CompressionRoom, _ model: Model
  ) throws(PassError) -> Trial? {
    var (low, high) = (0, sorted.count)
    var best: Trial?
    while low < high {
      let left = best == nil && low == 0 && high == sorted.count ? 0 : (low + high) / 2
      let candidates = Array(sorted.dropFirst(left))
      var trial = model
      DecodeWriter.write(candidates, into: &trial)
      let planned = try planned(trial)
      if room.takes(planned) {
        best = Trial(candidates: candidates, model: trial, planned: planned)
        high = left
      } else {
        low = left + 1
      }
    }
    return best
  }

  private func planned(_ model: Model) throws(PassError) -> PlannedModel {
    do throws(PlanningError) { return try planner.plannedModel(for: model) } catch {
      throw PassError(pass: Self.name, reason: "\(error)")
    }
  }

  /// Takes what was chosen, where it pays, and says what is exchanged.
  private func note(
    _ chosen: Trial, _ before: PlannedModel, _ model: inout Model, _ log: inout PassLog
  ) {
    let kernels = planner.runtime.target.kernels
    let code =
      CodeEstimate(chosen.model, kernels: kernels).best - CodeEstimate(model, kernels: kernels).best
    let saved = (fileBytes(model) ?? 0) - (fileBytes(chosen.model) ?? Int.max / 2)
    guard saved > (method == .auto ? max(0, code) : 0) else {
      let advice =
        saved > 0 ? "; where the firmware has it anyway, or the file alone counts, name the coding" : ""
      return log.refused(
        Self.name, "model",
        "the file would be \(max(0, saved)) bytes smaller, and DECODE's code takes \(code) bytes of flash\(advice)"
      )
    }
    for candidate in chosen.candidates {
      log.edited(
        Self.name, candidate.place(in: model),
        "weights of \(candidate.byteCount) B stored in \(candidate.coded.byteCount) B (\(candidate.coded.coding.words)), "
          + "decoded into \(candidate.byteCount) B of the arena")
    }
    let after = chosen.planned.charge
    log.edited(
      Self.name, "model",
      "file −\(saved) B, code +\(code) B; head \(before.charge.headBytes) B → \(after.headBytes) B, "
        + "tail \(before.charge.tailBytes) B → \(after.tailBytes) B")
    model = chosen.model
  }
}
