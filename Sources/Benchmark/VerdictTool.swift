import ArgumentParser
import Firmware
import Foundation
import GraphIR
import ModelFiles
import Runtimes

/// What nnopt says of many models on the host's TFLM: a line of JSON for each.
struct VerdictTool: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verdict", abstract: "What TFLM refuses about models, and its arena, as JSON.")

  @Argument(help: "Files, or folders with .tflite files.")
  var paths: [String]

  private struct Line: Encodable {
    let path: String
    /// Why nnopt does not read the file.
    var error: String?
    var findings: [Finding] = []
    var headBytes: Int?
    var tailBytes: Int?
  }

  private struct Finding: Encodable {
    let severity: String
    let kind: String
    let text: String
  }

  func run() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for path in paths.flatMap({ $0.hasSuffix(".tflite") ? [$0] : ModelFolder.models(in: [$0]) }) {
      print(String(decoding: try encoder.encode(line(path)), as: UTF8.self))
    }
  }

  private func line(_ path: String) -> Line {
    do {
      let model = try ModelFile.read(path: path)
      var line = Line(path: path)
      line.findings = TFLMVerdict(model, on: .host).warnings.map {
        Finding(severity: $0.severity.rawValue, kind: $0.kind.rawValue, text: "\($0)")
      }
      let prediction = try TFLMRuntime(.host).predict(
        model.withoutAppendedData, plan: try? OfflinePlan.read(from: model))
      line.headBytes = prediction.headBytes
      line.tailBytes = prediction.tailBytes
      return line
    } catch {
      return Line(path: path, error: "\(error)")
    }
  }
}
