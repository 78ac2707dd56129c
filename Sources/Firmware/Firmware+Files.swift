extension Firmware {
  /// All files of the export.
  ///
  /// - Parameter model: The bytes of the model's file, which become the array.
  package func files(model: [UInt8]) -> [GeneratedFile] {
    let folder = format.sourceFolder
    let data = ModelDataRenderer(name: name)
    let regionsHeader = regions.map { Array(RegionsRenderer(name: name, table: $0).header.utf8) }
    let array = GeneratedFile(
      path: folder + "model_data." + format.sourceExtension, comment: "//", source: source,
      text: data.source(model))
    let headers = [
      GeneratedFile(
        path: folder + "model_data.h", comment: "//", source: source, text: Array(data.header.utf8))
    ]
    let sources: [(path: String, text: [UInt8])] =
      [
        (folder + "model_settings.h", Array(SettingsRenderer(firmware: self).header.utf8)),
        (folder + "model_operators.h", Array(OperatorsRenderer(firmware: self).header.utf8)),
        (examplePath, Array(ExampleRenderer(firmware: self).source.utf8)),
      ] + (regionsHeader.map { [(folder + "memory_regions.h", $0)] } ?? [])
    return headers + [array]
      + sources.map { GeneratedFile(path: $0.path, comment: "//", source: source, text: $0.text) }
      + ProjectRenderer(firmware: self).files
  }

  /// The file with the program's start.
  package var examplePath: String {
    switch format {
    case .c: "main.cc"
    case .arduino: "\(sketchName ?? name.text).ino"
    case .espIDF, .platformIO, .zephyr: format.sourceFolder + "main.cc"
    }
  }
}
