import GraphIR
import MemoryPlanning
import Runtimes
import Testing
import _TestSupport

@testable import Planning

/// More freedom is never worse: a larger head, without a smaller arena for it, is a fault.
@Suite struct FreedomTests {
  private static let models: [Model] = RandomNets.Kind.allCases.flatMap { kind in
    (0..<13).flatMap { number in
      [false, true].map { RandomNets.model(kind, seed: UInt64(number + 1), steps: 9, isInteger: $0) }
    }
  }

  private func charge(
    _ model: Model, _ libraries: [KernelLibrary], on target: KernelLibrary = .reference,
    _ effort: PlanningEffort = PlanningEffort(.quick), _ order: NamedOrder = .optimal,
    writesOffsets: Bool = true
  ) throws -> Charge {
    let build = TFLMBuild(TFLMTarget(commonFor: target), safeOn: libraries, writesOffsets: writesOffsets)
    return try Planner(for: build, effort: effort).plannedModel(for: model, order: order).charge
  }

  private func expect(_ free: Charge, _ bound: Charge, _ what: String) {
    #expect(free.headBytes <= bound.headBytes || free.arenaBytes < bound.arenaBytes, "\(what)")
  }

  @Test func kernelsThatLetMoreBeSharedAreNeverWorse() throws {
    for (number, model) in Self.models.enumerated() {
      for library in KernelLibrary.allCases {
        let none = try charge(model, [], on: library)
        let any = try charge(model, KernelLibrary.any, on: library)
        let one = try charge(model, [library], on: library)
        expect(any, none, "\(number): any on \(library)")
        expect(one, any, "\(number): \(library)")
      }
    }
  }

  @Test func efforts() throws {
    for (number, model) in Self.models.enumerated() where number % 3 == 0 {
      let quick = try charge(model, [.reference])
      let normal = try charge(model, [.reference], .normal)
      expect(normal, quick, "\(number): normal")
      let budgets = try [0, 10, 6_000, 100_000].map {
        try charge(model, [.reference], PlanningEffort(.quick).with(states: $0))
      }
      for (less, more) in zip(budgets, budgets.dropFirst()) { expect(more, less, "\(number): budget") }
    }
  }

  @Test func givenOrdersAreNeverBetter() throws {
    for (number, model) in Self.models.enumerated() {
      for writesOffsets in [true, false] {
        let libraries: [KernelLibrary] = writesOffsets ? [.reference] : []
        let best = try charge(model, libraries, writesOffsets: writesOffsets)
        for order in NamedOrder.allCases where order != .optimal {
          let given = try charge(
            model, libraries, PlanningEffort(.quick), order, writesOffsets: writesOffsets)
          expect(best, given, "\(number): \(order), offsets \(writesOffsets)")
        }
      }
    }
  }

  /// A bound on all orders holds for every order there is.
  @Test func noOrderIsBelowTheBoundOfAnyOrder() throws {
    var compared = 0
    for seed in 0..<60 {
      let model = RandomNets.model(.residual, seed: UInt64(seed), steps: 8)
      let runtime = TFLMBuild(TFLMTarget(commonFor: .reference), safeOn: [.reference])
      let arranger = try Arranger(model, for: runtime)
      let ordered = try arranger.ordered(.optimal)
      let bound = arranger.boundOfAnyOrder(ordered, try arranger.arena(ordered), effort: .quick)
      var neighbors = OrderNeighbors(ordered[0].schedule.problem, seed: UInt64(seed))
      var order = ordered[0].order
      for _ in 0..<20 {
        if let next = neighbors.neighbor(of: order) { order = next }
        let plan = try arranger.place(orders: [order], .optimal, effort: .quick)
        #expect(plan.arenaBytes >= bound, "\(seed)")
        compared += plan.arenaBytes == bound ? 1 : 0
      }
    }
    #expect(compared > 0)
  }
}
