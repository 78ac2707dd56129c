import ArgumentParser
import Runtimes

/// The option that says for how many resource variables a firmware makes room.
struct ResourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Resource variables that the firmware makes room for, if the model has any (default: as many as it has).",
      valueName: "N"))
  var resourceSlots: Int?

  func validate() throws {
    let maximum = TFLMTarget.maximumResourceVariableSlots
    guard resourceSlots.map({ (1...maximum).contains($0) }) ?? true else {
      throw ValidationError("--resource-slots takes 1 to \(maximum).")
    }
  }
}
