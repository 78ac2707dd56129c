import GraphIR
import MemoryPlanning
import Planning
import Runtimes

/// A model planned with more and more freedom, and where more freedom gave a worse plan: a larger head, and no smaller
/// arena.
struct FreedomLadder {
  /// Sentences.
  private(set) var faults: [String] = []
  private(set) var comparisons = 0
  /// Whether the plan with all freedom at normal effort is proved.
  let isProved: Bool
  private let model: Model

  /// - Parameter thorough: whether thorough effort is compared, too.
  init(_ model: Model, thorough: Bool) throws {
    self.model = model
    isProved = try Self.planned(model, [.reference]).isHeadProved
    try compareLibraries()
    try compareEfforts(thorough: thorough)
    try compareOrders()
  }

  private static func planned(
    _ model: Model, _ libraries: [KernelLibrary], target: KernelLibrary = .reference,
    effort: PlanningEffort = .normal, order: NamedOrder = .optimal, writesOffsets: Bool = true
  ) throws -> PlannedModel {
    try Planner(
      for: TFLMBuild(
        TFLMTarget(commonFor: target), safeOn: libraries, writesOffsets: writesOffsets), effort: effort
    ).plannedModel(for: model, order: order)
  }

  private mutating func expect(_ free: Charge, atMost other: Charge, _ name: String) {
    comparisons += 1
    guard free.headBytes > other.headBytes, free.arenaBytes >= other.arenaBytes else { return }
    faults.append(
      "\(name): head \(free.headBytes) above \(other.headBytes), arenas \(free.arenaBytes), \(other.arenaBytes)"
    )
  }

  /// No library, any, one: on each library's own target.
  private mutating func compareLibraries() throws {
    let any = try Self.planned(model, KernelLibrary.any)
    for library in KernelLibrary.allCases {
      let plans = try [[], KernelLibrary.any, [library]].map { try Self.planned(model, $0, target: library) }
      expect(plans[1].charge, atMost: plans[0].charge, "\(library): any, none")
      expect(plans[2].charge, atMost: plans[1].charge, "\(library): one, any")
      expect(plans[2].charge, atMost: plans[2].stock, "\(library): planned, stock")
      expect(try Self.planned(model, [library]).charge, atMost: any.charge, "\(library), any")
    }
  }

  private mutating func compareEfforts(thorough: Bool) throws {
    for libraries in [[], KernelLibrary.any, [.reference]] {
      let efforts: [PlanningEffort.Level] = thorough ? [.quick, .normal, .thorough] : [.quick, .normal]
      try compare(libraries, efforts.map { PlanningEffort($0) }, "effort")
      let budgets = [0, 10, 1_000, 4_000, 10_000, 20_000, 50_000]
      try compare(libraries, budgets.map { PlanningEffort.normal.with(states: $0) }, "budget")
    }
  }

  private mutating func compare(
    _ libraries: [KernelLibrary], _ efforts: [PlanningEffort], _ name: String
  ) throws {
    let charges = try efforts.map { try Self.planned(model, libraries, effort: $0).charge }
    for (number, (less, more)) in zip(charges, charges.dropFirst()).enumerated() {
      expect(more, atMost: less, "\(name) \(number + 1) on \(libraries.count) libraries")
    }
  }

  /// The best order against every named one, with and without offsets in the file.
  private mutating func compareOrders() throws {
    for (libraries, writesOffsets) in [
      ([], true), (KernelLibrary.any, true), ([.reference], true), ([], false),
    ] {
      let best = try Self.planned(model, libraries, writesOffsets: writesOffsets).charge
      for order in NamedOrder.allCases where order != .optimal {
        let other = try Self.planned(model, libraries, order: order, writesOffsets: writesOffsets)
        expect(
          best, atMost: other.charge,
          "\(order) on \(libraries.count) libraries, offsets \(writesOffsets)")
      }
    }
  }
}
