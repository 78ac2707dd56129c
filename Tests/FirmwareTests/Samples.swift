import Files
import Foundation
import GraphIR
import ModelFiles
import Tensors

@testable import Firmware

/// The project's own models, and what they become.
enum Samples {
  static let project = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The names of all models in the project, sorted.
  static let names: [String] = {
    let folder = project.appending(path: "Models").path
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".tflite") }.map { String($0.dropLast(7)) }.sorted()
  }()

  static func bytes(_ name: String) throws -> [UInt8] {
    try FileReading.bytes(of: project.appending(path: "Models/\(name).tflite").path)
  }

  static func firmware(
    _ name: String, format: FirmwareFormat = .c, target: FirmwareTarget = FirmwareTarget()
  ) throws -> Firmware {
    let bytes = try bytes(name)
    return try firmware(
      ModelFile.parse(bytes, name: name), bytes: bytes.count, name: name, format: format, target: target)
  }

  static func firmware(
    _ model: Model, bytes: Int = 0, name: String = "sample", format: FirmwareFormat = .c,
    target: FirmwareTarget = FirmwareTarget()
  ) throws -> Firmware {
    try Firmware(
      model, fileBytes: bytes, source: "\(name).tflite", name: SymbolName(fileName: name), format: format,
      target: target)
  }
}
