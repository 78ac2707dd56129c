import GraphIR
import Passes
import Planning
import Workflows
import _TestSupport

@testable import Reporting

extension SampleReports {
  /// A report on a model whose tensors are spread over regions of given sizes, `fast` and `slow`.
  static func report(_ model: Model, fast: Int, slow: Int) throws -> PlanReport {
    let regions = [
      Plan.Pool(name: "fast", capacityBytes: fast), Plan.Pool(name: "slow", capacityBytes: slow),
    ]
    var report = try report(model)
    report.regions = try RegionReport(model, regions, runtime: IdealRuntime(), orders: nil)
    return report
  }
}
