import Foundation
import GraphIR
import MemoryPlanning
import ModelFiles
import Planning
import Runtimes
import Testing
import Workflows
import _TestSupport

@testable import Reporting

/// Text, JSON, picture and written file show one plan, whatever it is made for.
@Suite struct OnePlanTests {
  enum Target: String, CaseIterable, Sendable {
    case ideal
    case reference
    case cmsisNN = "cmsis-nn"
    case any

    var choice: RuntimeChoice? {
      guard self != .ideal else { return nil }
      let library = KernelLibrary(rawValue: rawValue)
      return RuntimeChoice(
        target: .cortexM(library ?? .reference), kernels: library, processor: "32-bit",
        comparesLibraries: false)
    }
  }

  private static let smallPaths = OwnModels.paths.filter { path in
    ["cnn_int8", "streaming_float32", "resnet_int8"].contains { path.contains("/\($0)") }
  }

  /// What one medium says of a plan, as far as it says it.
  struct Shown: Equatable {
    var peakBytes: Int
    var arenaBytes: Int
  }

  @Test(arguments: smallPaths, Target.allCases)
  func ownModels(path: String, target: Target) throws { try check(path, target) }

  @Test(
    .enabled(
      if: ProcessInfo.processInfo.environment["NNOPT_ALL_MODELS"] != nil,
      "NNOPT_ALL_MODELS asks for it: minutes in an unoptimized build"),
    arguments: RealModels.all, Target.allCases)
  func realModels(entry: RealModels.Entry, target: Target) throws { try check(entry.path, target) }

  private func check(_ path: String, _ target: Target) throws {
    let model = try ModelFile.read(path: path)
    // Orders of large models are not searched: that takes minutes in an unoptimized build.
    let isLarge = model.graphs.reduce(0) { $0 + $1.nodes.count } > 60
    let report = try PlanSession(
      model: model, path: path, alignment: 16, effort: .normal.with(states: isLarge ? 0 : 100_000),
      runtime: target.choice
    ).report(order: isLarge ? .file : .optimal, board: nil, limitBytes: nil)
    let plan = report.plan
    let expected = Shown(peakBytes: plan.peakBytes, arenaBytes: plan.arenaBytes)
    #expect(try shownInText(report) == expected)
    #expect(try shownInPicture(report) == expected)
    let json = try document(report)
    let shown = try #require(json["plan"] as? [String: Any])
    #expect(shown["peakBytes"] as? Int == plan.peakBytes)
    #expect(shown["arenaBytes"] as? Int == plan.arenaBytes)
    let order = try #require(
      (json["orders"] as? [[String: Any]])?.first { $0["name"] as? String == plan.orderName.rawValue })
    #expect(order["peakBytes"] as? Int == plan.peakBytes)
    try checkFile(report, shown, target, model)
  }

  /// The offsets of the JSON are those that the written file makes the runtime use.
  private func checkFile(
    _ report: PlanReport, _ shown: [String: Any], _ target: Target, _ original: Model
  ) throws {
    let written = try ModelFile.parse(try ModelFile.serialize(report.model), name: "written")
    let steps = try #require(shown["steps"] as? [[String: Any]])
    let main = steps.filter { $0["graph"] as? Int == 0 }.compactMap { $0["operator"] as? Int }
    #expect(written.graphs[0].nodes.map(\.code) == main.map { original.graphs[0].nodes[$0].code })
    let tensors = try #require(shown["tensors"] as? [[String: Any]])
    guard let build = target.choice?.build, report.runtime != nil else { return }
    let charge = try build.charge(for: written, planned: nil)
    #expect(charge.headBytes == report.plan.arenaBytes)
    var places: [Plan.Content: Int] = [:]
    for place in try #require(charge.places) { places[place.content] = place.offset }
    for tensor in tensors where tensor["bytes"] as? Int ?? 0 > 0 {
      let graph = GraphID(try #require(tensor["graph"] as? Int))
      let value = ValueID(try #require(tensor["tensor"] as? Int))
      #expect(places[.tensor(graph, value)] == tensor["offset"] as? Int)
    }
  }

  private func document(_ report: PlanReport) throws -> [String: Any] {
    let text = try PlanJSONRenderer().render([report])
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return try #require((document?["models"] as? [[String: Any]])?.first)
  }

  private func shownInText(_ report: PlanReport) throws -> Shown {
    let text = PlanTextRenderer(style: TerminalStyle(isColored: false, width: 120)).render(report)
    let size = try #require(text.firstMatch(of: #/(?:arena|head): ([\d,]+) (?:B|bytes)/#))
    let peak = text.firstMatch(of: #/peak ([\d,]+) B/#)
    return Shown(
      peakBytes: peak.map { number($0.1) } ?? 0, arenaBytes: number(size.1))
  }

  private func shownInPicture(_ report: PlanReport) throws -> Shown {
    let text = PlanSVGRenderer().render(report)
    let arena = try #require(text.firstMatch(of: #/(?:arena|head) ([\d,]+) B/#))
    let peak = try #require(text.firstMatch(of: #/order: peak ([\d,]+) B/#))
    return Shown(peakBytes: number(peak.1), arenaBytes: number(arena.1))
  }

  private func number(_ text: Substring) -> Int { Int(text.filter(\.isNumber)) ?? -1 }
}
