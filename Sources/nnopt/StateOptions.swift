import ArgumentParser
import Firmware
import GraphIR
import Workflows

/// The option that says which outputs a program feeds back.
struct StateOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "An input and the output that it is after each inference, by name or position ('h_in=h_out', '#1=#1'); by default, what the names tell. A plan puts them at one address where that costs nothing.",
      valueName: "input=output"))
  var state: [String] = []

  /// - Returns: nil where nothing was said.
  /// - Throws: `PlanFailure` where the model has no such ports.
  func ports(of model: Model, _ path: String) throws -> StatePorts? {
    guard !state.isEmpty else { return nil }
    do {
      return try StatePorts(model, named: state)
    } catch {
      throw PlanFailure(path: path, message: "\(path): --state: \(error)")
    }
  }
}
