import ArgumentParser
import Files
import Foundation
import ModelFiles

/// What single passes and their sequences make of one float model, beside the published optimization of the
/// same network, and what the search finds.
struct JointBenchmark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "joint", abstract: "Sequences of passes on one model, and the search for the best.")

  @Argument(help: "Folders with .tflite files, among them the model.")
  var folders: [String]

  @Option(help: "Folder with fashion_mnist/test_images.npy and its companions; by default NNOPT_DATA.")
  var data: String?

  @Option(help: "The model's name.")
  var model = "PPJ_CNN1_4_fashion_mnist_model"

  @Option(help: "A CSV with file, bytes and top1 of the published files.")
  var peers: String?

  @Option(help: "The tool; by default the one beside this.")
  var nnopt: String?

  @Option(help: "How many sequences the search measures; by default as many as the tool does.")
  var budget: Int?

  @Option(help: "Write the tables into a Markdown file, and the picture beside it.")
  var report: String?

  /// Test images that the search sees; the others are for judging it.
  static let seenCount = 5000

  func run() throws {
    let data = try ModelFolder.fashionMNIST(in: data)
    guard let path = ModelFolder.models(in: folders).first(where: { ModelFolder.name(of: $0) == model })
    else { throw ValidationError("no folder has \(model).tflite") }
    let folder = FileManager.default.temporaryDirectory.appending(path: "nnopt-joint-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let tool = OptimizeTool(
      binary: nnopt ?? URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().path + "/nnopt",
      model: path, data: data, folder: folder)
    let published = try peers.map(PublishedModel.read)
    let rows = try JointRow.published.map { row in
      show("\(row.family): \(row.options.joined(separator: " "))")
      return (row, try row.isMade ? tool.optimize(row.options) : nil)
    }
    let picture = report.map { $0.replacingOccurrences(of: ".md", with: ".svg") }
    let searches = try [Self.seenCount, nil].map { samples in
      let (found, accuracies) = try tool.search(
        budget: budget, samples: samples,
        picture: samples == nil ? folder.path + "/front.svg" : picture ?? folder.path + "/front.svg")
      return JointReport.Search(found: found, front: Array(zip(found.front, accuracies)))
    }
    let text = JointReport(
      model: model, published: published, rows: rows, half: searches[0], whole: searches[1],
      picture: picture.map { URL(filePath: $0).lastPathComponent }
    ).text
    show(text)
    if let report { try AtomicFile.write(Array(text.utf8), to: report) }
  }

  private func show(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}

/// A published file of the same network.
struct PublishedModel {
  let bytes: Int
  let top1: Double

  /// By file name, from a CSV with the columns `file`, `bytes` and `top1`.
  static func read(_ path: String) throws -> [String: PublishedModel] {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let heads = lines.first ?? []
    guard let file = heads.firstIndex(of: "file"), let bytes = heads.firstIndex(of: "bytes"),
      let top1 = heads.firstIndex(of: "top1")
    else { throw ValidationError("\(path) lacks a column file, bytes or top1") }
    var result: [String: PublishedModel] = [:]
    for line in lines.dropFirst() where line.count == heads.count {
      guard let bytes = Int(line[bytes]), let top1 = Double(line[top1]) else { continue }
      result[line[file]] = PublishedModel(bytes: bytes, top1: top1)
    }
    return result
  }
}

/// A published file and how nnopt makes its like.
struct JointRow {
  let family: String
  /// The published file; nil for a sequence that has no counterpart.
  let file: String?
  let options: [String]
  /// Whether nnopt has a counterpart.
  var isMade = true

  private init(_ family: String, _ file: String?, _ options: String) {
    self.family = family
    self.file = file
    self.options = options.split(separator: " ").map(String.init)
  }

  private init(untrained family: String, _ file: String) {
    self.init(family, file, "")
    isMade = false
  }

  static let published = [
    JointRow("as it is", "PPJ_CNN1_4_fashion_mnist_model.tflite", ""),
    JointRow("graph", "GO_CNN1_3_custom_model_with_TFfunction_Grappler_fashion_mnist.tflite", ""),
    JointRow(
      "graph → int with float fallback", "GO_CNN1_5_custom_train_grappler_Int_float_model.tflite",
      "--quantize dynamic"),
    JointRow(
      "graph → float16", "GO_CNN1_6_custom_trained_grappler_float16_model.tflite", "--quantize float16"),
    JointRow(
      "graph → integer only", "GO_CNN1_4_custom_train_grappler_Integer_model.tflite",
      "--quantize int8 --io float32"),
    JointRow("operations", "OO_CNN1_3_fashion_mnist_model_sperable_tflite.tflite", "--decompose bytes:0.3%"),
    JointRow(
      "operations → int with float fallback",
      "OO_CNN1_4_fashion_mnist_seperable_Integer_float_model.tflite",
      "--decompose bytes:0.3% --quantize dynamic"),
    JointRow(
      "operations → float16", "OO_CNN1_5_fashion_mnist_seperable_float16_model.tflite",
      "--decompose bytes:0.3% --quantize float16"),
    JointRow(
      "operations → integer only", "OO_CNN1_6_fashion_mnist_seperable_integeronly_model.tflite",
      "--decompose bytes:0.3% --quantize int8 --io float32"),
    JointRow(
      "int with float fallback", "PPJ_CNN1_7_fashion_mnist_Integer_float_model.tflite", "--quantize dynamic"),
    JointRow("float16", "PPJ_CNN1_10_fashion_mnist_float16_model.tflite", "--quantize float16"),
    JointRow(
      "integer only", "PPJ_CNN1_13_fashion_mnist_integeronly_model.tflite", "--quantize int8 --io float32"),
    JointRow("pruned", "PPJ_CNN1_5_fashion_mnist_pruning_model.tflite", "--prune channels:45%"),
    JointRow(
      "pruned → int with float fallback", "PPJ_CNN1_8_fashion_mnist_pruning_Integer_float_model.tflite",
      "--prune channels:45% --quantize dynamic"),
    JointRow(
      "pruned → float16", "PPJ_CNN1_11_fashion_mnist_float_pruning_model.tflite",
      "--prune channels:45% --quantize float16"),
    JointRow(
      "pruned → integer only", "PPJ_CNN1_14_fashion_mnist_Integeronly_pruning_model.tflite",
      "--prune channels:45% --quantize int8 --io float32"),
    JointRow(untrained: "trained for quantization", "PPJ_CNN1_6_fashion_mnist_model_qaware.tflite"),
    JointRow(
      untrained: "trained for quantization → int with float fallback",
      "PPJ_CNN1_9_fashion_mnist_Qaware_Integer_float_model.tflite"),
    JointRow(
      untrained: "trained for quantization → float16",
      "PPJ_CNN1_12_fashion_mnist_Qaware_float16_model.tflite"),
    JointRow("integer only, int8 ports", nil, "--quantize int8"),
    JointRow("16-bit activations", nil, "--quantize int16x8"),
    JointRow("pruned → integer only, int8 ports", nil, "--prune channels:45% --quantize int8"),
    JointRow("integer only, int8 ports, no names", nil, "--quantize int8 --strip"),
    JointRow(
      "pruned → integer only, int8 ports, no names", nil, "--prune channels:45% --quantize int8 --strip"),
  ]
}
