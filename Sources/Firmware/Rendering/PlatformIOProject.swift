/// A project of PlatformIO.
struct PlatformIOProject {
  let firmware: Firmware

  var files: [(String, String)] {
    guard let board = PlatformIOBoard(firmware.target.board) else { return [] }
    if board.framework == "espidf" {
      let project = EspIDFProject(firmware: firmware, sourceFolder: "src/")
      let partitions = project.partitions == nil ? "" : "board_build.partitions = partitions.csv\n"
      return [("platformio.ini", settings(board) + partitions)] + project.files
    }
    return [("platformio.ini", settings(board) + libraries)]
  }

  private func settings(_ board: PlatformIOBoard) -> String {
    """
    [env:\(board.board)]
    platform = \(board.platform)
    board = \(board.board)
    framework = \(board.framework)

    """
  }

  private var libraries: String {
    """
    lib_deps = https://github.com/tensorflow/tflite-micro-arduino-examples.git

    """
  }
}
