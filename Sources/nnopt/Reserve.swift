import ArgumentParser
import Boards

/// SRAM that is not the arena's: sizes and frameworks joined by `+`, such as `esp-idf-wifi+16K`.
struct Reserve: ExpressibleByArgument {
  let bytes: Int
  let frameworks: [FrameworkFootprint]

  init?(argument: String) {
    var bytes = 0
    var frameworks: [FrameworkFootprint] = []
    for part in argument.split(separator: "+", omittingEmptySubsequences: false).map(String.init) {
      let framework = FrameworkFootprint.named(part)
      guard let size = framework?.bytes ?? ByteSize(argument: part)?.bytes else { return nil }
      let (sum, overflow) = bytes.addingReportingOverflow(size)
      guard !overflow else { return nil }
      bytes = sum
      if let framework { frameworks.append(framework) }
    }
    self.bytes = bytes
    self.frameworks = frameworks
  }

  static let defaultCompletionKind = CompletionKind.list(FrameworkFootprint.all.map(\.id))

  /// Help that names the frameworks.
  static let help = ArgumentHelp(
    "SRAM that the rest of the firmware takes: a size, or what is known of a framework "
      + "(\(FrameworkFootprint.all.map(\.id).joined(separator: ", "))), joined by '+'.",
    valueName: "size")
}
