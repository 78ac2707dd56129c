import GraphIR
import Passes
import _TestSupport

@testable import Reporting

extension SampleReports {
  /// A report on a model whose tensors are spread over regions of given sizes, `fast` and `slow`.
  static func report(_ model: Model, fast: Int, slow: Int) throws -> PlanReport {
    let regions = [
      MemoryRegion(name: "fast", byteCount: fast), MemoryRegion(name: "slow", byteCount: slow),
    ]
    var report = try report(model)
    report.regions = try RegionReport(model, regions, orders: nil, alignment: 16)
    return report
  }
}
