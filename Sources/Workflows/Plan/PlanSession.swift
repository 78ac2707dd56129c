package import Boards
package import Firmware
package import GraphIR
package import MemoryPlanning
import ModelFiles
package import Planning
import Runtimes

/// Plans one model in all the orders that a report compares.
package struct PlanSession {
  package let model: Model
  package let path: String
  /// Of the tensors alone; a runtime has its own.
  package let alignment: Int
  package let effort: PlanningEffort
  /// The build of TFLM to plan for; nil for the tensors alone.
  package let runtime: RuntimeChoice?
  /// Memories to spread the tensors over, the fastest first; nil for none.
  package let regions: [Plan.Pool]?
  /// Whether the planned model is to be written, and so has to give the same answers.
  package let isWritten: Bool
  /// The model before stripes, of which orders are compared; nil where the model came so.
  package var original: Model?
  /// Outputs that are inputs of the next inference.
  private let states: StatePorts

  package init(
    model: Model, path: String, alignment: Int, effort: PlanningEffort = .normal,
    runtime: RuntimeChoice? = nil,
    regions: [Plan.Pool]? = nil, isWritten: Bool = false, states: StatePorts? = nil
  ) {
    self.states = states ?? StatePorts(model)
    self.isWritten = isWritten
    self.regions = regions
    self.model = model
    self.path = path
    self.alignment = alignment
    self.effort = effort
    self.runtime = runtime
  }

  /// Plans with the order of the given name and gathers the report.
  ///
  /// - Throws: `PlanFailure` naming the path.
  package func report(order: NamedOrder, board: Board?, limitBytes: Int?) throws(PlanFailure) -> PlanReport {
    try report(order: order, bounds: PlanBounds(board: board, arenaBytes: limitBytes))
  }

  /// Plans with the order of the given name and gathers the report.
  ///
  /// - Throws: `PlanFailure` naming the path.
  package func report(order: NamedOrder, bounds: PlanBounds) throws(PlanFailure) -> PlanReport {
    do throws(PlanGate.Failure) {
      let start = ContinuousClock.now
      let runtime = try self.runtime?.report(
        on: model, madeOf: original, order: order, effort: effort, isWritten: isWritten, states: states.pairs)
      do throws(PlanningError) {
        var report: PlanReport
        if let runtime, runtime.planned.stock.unknownOperators.isEmpty {
          report = try self.report(
            for: planningRuntime(runtime), runtime, order: order, bounds, since: start)
        } else {
          report = try self.report(
            for: IdealRuntime(alignment: alignment), nil, order: order, bounds, since: start)
        }
        report.isForTFLM = runtime != nil
        report.warnings =
          runtime.map {
            TFLMVerdict(
              isWritten ? model.withDataInside : model, on: $0.target,
              processor: bounds.board?.processor
            ).warnings
          } ?? []
        if let runtime {
          // Other ports are given before stripes: a change of ports drops what the file says of its loops.
          if report.plan.keptBecause == nil, original == nil {
            report.portAdvice = try PortAdvice(
              model, by: Planner(for: planningRuntime(runtime), effort: effort),
              below: runtime.planned.charge.arenaBytes)
          }
          if original == nil { report.channelAdvice = ChannelAdvice(model, report.summary) }
          report.warnings += states.warnings(for: report.plan, of: report.model)
        }
        return report
      } catch {
        throw .planning(error)
      }
    } catch {
      throw PlanFailure(path: path, failure: error)
    }
  }

  /// The main graph's bare problem of ordering, as the report's plan has it.
  ///
  /// - Throws: `PlanFailure` naming the path.
  package func orderProblem(of report: PlanReport) throws(PlanFailure) -> ScheduleProblem {
    do throws(PlanningError) {
      let orders = report.plan.orders
      let problem: ScheduleProblem?
      if let runtime = report.runtime, runtime.planned.stock.unknownOperators.isEmpty {
        problem = try Arranger(model, for: planningRuntime(runtime)).orderProblem(in: orders)
      } else {
        problem = try Arranger(model, for: IdealRuntime(alignment: alignment)).orderProblem(in: orders)
      }
      guard let problem else { return try ScheduleProblem(buffers: [], transientBytes: []) }
      let main = (report.plan.orders.first ?? []).map(\.index)
      if problem.schedule(main).peakBytes <= report.plan.peakBytes { return problem }
    } catch {
      throw PlanFailure(path: path, failure: .planning(error))
    }
    throw PlanFailure(
      path: path,
      message:
        "\(path): --steps: tensors of its loops share bytes, which a bare problem of ordering cannot say"
    )
  }

  /// The build that the report's plan was made for: without overlaps where they could not be checked.
  private func planningRuntime(_ report: RuntimeReport) -> TFLMBuild {
    TFLMBuild(
      report.target, safeOn: report.reasonAgainstOverlaps == nil ? runtime?.build.libraries ?? [] : [],
      writesOffsets: runtime?.build.obeysOffsets ?? true)
  }

  private func report(
    for target: some Runtime, _ runtime: RuntimeReport?, order: NamedOrder, _ bounds: PlanBounds,
    since start: ContinuousClock.Instant
  ) throws(PlanningError) -> PlanReport {
    let planned: PlannedModel
    if let runtime {
      planned = runtime.planned
    } else {
      planned = try Planner(for: target, effort: effort).plannedModel(for: model, order: order)
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let arranger = try Arranger(original ?? model, for: target, searchOptions: effort.orders)
    var report = PlanReport(
      path: path, model: model, planned: planned,
      orders: try peaks(arranger, planned, isIdeal: runtime == nil),
      fileOrderLiveBytes: planned.plan.keptBecause == nil && original == nil
        ? try arranger.liveBytes(.file) : planned.plan.steps.map(\.liveBytes), seconds: seconds,
      runtime: runtime,
      bounds: bounds)
    report.flash = flash(of: planned.model, runtime, bounds)
    report.cost = bounds.board.map {
      CostModel($0.processor, kernels: runtime?.target.kernels).estimate(model)
    }
    report.regions = try regions.map { regions throws(PlanningError) in
      try RegionReport(
        model, regions, runtime: target, orders: planned.isUnchanged ? nil : planned.plan.orders)
    }
    return report
  }

  /// - Returns: nil where the model holds what cannot be written.
  private func flash(of model: Model, _ runtime: RuntimeReport?, _ bounds: PlanBounds) -> FlashReport? {
    guard bounds.board != nil || bounds.flashBytes != nil,
      let fileBytes = try? ModelFile.serialize(model).count
    else { return nil }
    let code = runtime.map {
      CodeEstimate(model, kernels: $0.target.kernels, processor: bounds.board?.processor)
    }
    return FlashReport(fileBytes: fileBytes, code: code, board: bounds.board, limitBytes: bounds.flashBytes)
  }

  /// The peaks of all orders, for the runtime and for the tensors alone.
  private func peaks(
    _ arranger: Arranger, _ planned: PlannedModel, isIdeal: Bool
  ) throws(PlanningError) -> [PlanReport.OrderPeak] {
    if planned.plan.keptBecause != nil {
      let ideal = try Planner(for: IdealRuntime(alignment: alignment)).plan(model, order: .file)
      return [
        PlanReport.OrderPeak(
          name: .file, peakBytes: planned.plan.peakBytes, idealPeakBytes: ideal.peakBytes)
      ]
    }
    let ideal = try Arranger(
      original ?? model, for: IdealRuntime(alignment: alignment), searchOptions: effort.orders)
    return try NamedOrder.allCases.map { name throws(PlanningError) in
      let isPlanned = original == nil && name == .optimal && planned.plan.orderName == .optimal
      // Where loops share addresses, an order's peak is that of a placement: the plan's own, not another one.
      let isShown = original == nil && name == planned.plan.orderName && StripeLoops(model) != nil
      let peak =
        isShown
        ? planned.plan.peakBytes : isPlanned ? planned.searchedPeakBytes : try arranger.peakBytes(name)
      return PlanReport.OrderPeak(
        name: name, peakBytes: peak, idealPeakBytes: isIdeal ? peak : try ideal.peakBytes(name))
    }
  }
}

/// A model that could not be planned, and why.
package struct PlanFailure: Error, Sendable, CustomStringConvertible {
  package let path: String
  /// A sentence that names the path.
  package let message: String

  package init(path: String, message: String) {
    self.path = path
    self.message = message
  }

  init(path: String, failure: PlanGate.Failure) {
    var remedy = ""
    switch failure {
    case .differs, .faulty:
      remedy = ". This is a bug in nnopt; --kernels any or --no-offline-plan may avoid it"
    case .planning: break
    }
    self.init(path: path, message: "\(path): \(failure)\(remedy)")
  }

  package var description: String { message }
}
