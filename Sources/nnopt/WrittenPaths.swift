import ArgumentParser
import Files

/// The one guard of the files that a command writes: none of them may take the place of one that it reads, or
/// of another that it writes.
struct WrittenPaths {
  private var inputs: [(what: String, identity: FileIdentity)] = []
  private var outputs: [(option: String, path: String)] = []

  /// - Parameter what: what errors call the files, such as `the model`.
  mutating func reads(_ what: String, _ paths: String?...) {
    for path in paths.compactMap(\.self) {
      guard let identity = FileIdentity(path), identity.exists else { continue }
      inputs.append((what, identity))
    }
  }

  mutating func reads(_ what: String, _ files: [NamedPath]) {
    for file in files { reads(what, file.path) }
  }

  mutating func writes(_ option: String, _ path: String?) {
    if let path { outputs.append((option, path)) }
  }

  /// - Throws: `ValidationError` where a file would be written twice, or be replaced without `--force`.
  func check(_ replacement: ReplacementOption) throws {
    let known = outputs.compactMap { output in FileIdentity(output.path).map { (output, identity: $0) } }
    var options: [FileIdentity: String] = [:]
    for (output, identity) in known {
      guard let other = options.updateValue(output.option, forKey: identity) else { continue }
      throw ValidationError(
        other == output.option
          ? "\(other) names the file \(output.path) twice."
          : "\(other) and \(output.option) name the same file.")
    }
    guard !replacement.force else { return }
    for (output, identity) in known {
      guard let what = input(replacedBy: identity, output.path) else { continue }
      throw ValidationError(
        "\(output.option) \(output.path) would replace \(what). Name another file, or add --force.")
    }
  }

  /// An input may be a folder, whose files count too.
  private func input(replacedBy identity: FileIdentity, _ path: String) -> String? {
    guard identity.exists else { return nil }
    let places = [identity] + FileIdentity.folders(above: path)
    return inputs.first { places.contains($0.identity) }?.what
  }
}

/// The option that lets a command replace what it reads.
struct ReplacementOption: ParsableArguments {
  @Flag(help: "Replace files that the command reads; 'export': also those that nnopt did not write.")
  var force = false
}
