/// What a build system needs beside the sources.
struct ProjectRenderer {
  let firmware: Firmware

  var files: [GeneratedFile] {
    texts.map { path, text in
      GeneratedFile(path: path, comment: "#", source: firmware.source, text: Array(text.utf8))
    }
  }

  private var texts: [(String, String)] {
    switch firmware.format {
    case .c: [("CMakeLists.txt", CMakeProject(firmware: firmware).text)]
    case .arduino: []
    case .espIDF: EspIDFProject(firmware: firmware, sourceFolder: "main/").files
    case .platformIO: PlatformIOProject(firmware: firmware).files
    case .zephyr: ZephyrProject(firmware: firmware).files
    }
  }
}
