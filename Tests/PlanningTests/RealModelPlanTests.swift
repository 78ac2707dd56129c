import Foundation
import GraphIR
import MemoryPlanning
import ModelFiles
import Planning
import Testing
import _TestSupport

/// Plans of the models in the folder that `NNOPT_MODELS` names.
@Suite(.enabled(if: RealModels.isAvailable, "NNOPT_MODELS names no folder with models"))
struct RealModelPlanTests {
  @Test(arguments: RealModels.all)
  func fileOrderPeakIsTheNaiveOne(entry: RealModels.Entry) throws {
    let model = try ModelFile.read(path: entry.path)
    #expect(try Arranger(model, for: IdealRuntime(alignment: 1)).peakBytes(.file) == entry.naivePeakBytes)
  }

  @Test(arguments: RealModels.all)
  func optimumIsProved(entry: RealModels.Entry) throws {
    let plan = try Planner(for: IdealRuntime()).plan(ModelFile.read(path: entry.path))
    #expect(plan.isPeakProved)
    #expect(plan.isArenaProved)
    #expect(plan.arenaBytes == plan.peakBytes)
  }

  @Test(arguments: [
    ("randwire_ws_a_64_int8", 180_224), ("nasnet_a_small_96_float32", 304_960), ("model_1", 7_680),
    ("v2_okay_nabu", 2_960), ("v1_alexa", 14_224), ("vww_96_int8", 55_296),
  ])
  func knownOptimaAreMet(name: String, bytes: Int) throws {
    let entry = try #require(RealModels.all.first { $0.path.hasSuffix("/\(name).tflite") })
    let plan = try Planner(for: IdealRuntime()).plan(ModelFile.read(path: entry.path))
    #expect(plan.arenaBytes == bytes)
  }

  @Test(arguments: RealModels.all)
  func callOnceStaysBeforeItsVariables(entry: RealModels.Entry) throws {
    let model = try ModelFile.read(path: entry.path)
    let plan = try Planner(for: IdealRuntime()).plan(model)
    let names = plan.orders[0].map { model.graphs[0][$0].code.builtin }
    guard let call = names.firstIndex(of: .callOnce) else { return }
    #expect(!names[..<call].contains(.readVariable))
    #expect(!names[..<call].contains(.assignVariable))
  }
}
