import Datasets
package import GraphIR
import Tensors

/// How many random samples are worth while: fewer of models whose runs take long, as files of a few bytes can ask for
/// runs of any length.
package enum RandomSampleCount {
  /// Bytes of memory, and steps of work, that all runs together go through.
  private static let (byteBudget, workBudget) = (1 << 29, 1 << 34)

  /// - Parameters:
  ///   - model: as it will run.
  ///   - limit: what is enough of any model.
  ///   - least: what no model gets fewer of.
  package static func of(_ model: Model, atMost limit: Int, atLeast least: Int = 1) -> Int {
    let cost = cost(of: model)
    let affordable = min(byteBudget / max(cost.bytes, 1), workBudget / max(cost.work, 1))
    return min(limit, max(least, affordable))
  }

  /// Of a model that cannot run, only the inputs are known; how often loops turn, only one run tells.
  private static func cost(of model: Model) -> (bytes: Int, work: Int) {
    if let interpreter = try? Interpreter(model) {
      let mayTurn = !interpreter.isOpen && interpreter.graphs.count > 1
      let work = mayTurn ? workOfOneRun(interpreter) : interpreter.work
      return (interpreter.memoryByteCount, work)
    }
    guard let main = model.graphs.first else { return (0, 0) }
    return (main.inputs.compactMap(\.self).map { main[$0].byteCount }.saturatingSum, 0)
  }

  /// Of a run that fails, what it would take to find out.
  private static func workOfOneRun(_ interpreter: Interpreter) -> Int {
    let session = Session(interpreter)
    guard let samples = try? SampleSet.random(for: interpreter.model, count: 1, seed: 1),
      let sample = try? samples.sample(0), (try? session.run(sample)) != nil
    else { return interpreter.work }
    return session.workSpent
  }
}
