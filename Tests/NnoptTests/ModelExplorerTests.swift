import Foundation
import Testing

/// Node data as Model Explorer reads it: by graph, then `results` by operator, and a gradient from 0 to 1.
@Suite struct ModelExplorerTests {
  private func data(_ file: URL) throws -> [String: [String: Any]] {
    let value = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    return try #require(value as? [String: [String: Any]])
  }

  /// Checks the form of a graph's data; its results.
  private func results(_ graph: [String: Any]) throws -> [String: Int] {
    #expect(Set(graph.keys) == ["gradient", "results"])
    let gradient = try #require(graph["gradient"] as? [[String: Any]])
    #expect(gradient.compactMap { $0["stop"] as? Double } == [0, 1])
    for stop in gradient {
      #expect(try #require(stop["bgColor"] as? String).wholeMatch(of: /#[0-9a-f]{6}/) != nil)
    }
    let values = try #require(graph["results"] as? [String: [String: Any]])
    return try values.mapValues { value in
      #expect(Array(value.keys) == ["value"])
      return try #require(value["value"] as? Int)
    }
  }

  @Test func everyOperatorOfEveryGraphHasItsBytes() throws {
    try Tool.withFolder { folder in
      let models = folder.appending(path: "models")
      try FileManager.default.createDirectory(at: models, withIntermediateDirectories: true)
      for name in ["cnn_int8", "while_float32"] {
        try FileManager.default.copyItem(
          atPath: Tool.model(name), toPath: models.path + "/\(name).tflite")
      }
      let (zoo, explorer) = (folder.path + "/zoo", folder.path + "/explorer")
      #expect(
        try Tool.run(["zoo", models.path, "--out", zoo, "--board", "esp32", "--optimize", "--strip"]).status
          == 0)
      // A second time the files are known as nnopt's own.
      for _ in 0..<2 {
        #expect(try Tool.run(["zoo", "report", zoo, "--model-explorer", explorer]).status == 0)
      }
      let files = URL(filePath: explorer + "/esp32")
      let net = try data(files.appending(path: "cnn_int8.tflite.json"))
      let values = try results(#require(net["main"]))
      #expect(net.count == 1 && values.count == 8 && values.values.max() == 13_328)
      // By names of outputs, which the planned file has as well.
      #expect(values.keys.allSatisfy { Int($0) == nil })
      #expect(try data(files.appending(path: "cnn_int8.tflite.optimized.json")).keys.contains("main"))
      let loop = try data(files.appending(path: "while_float32.tflite.json"))
      #expect(loop.count == 3)
      for graph in loop.values { #expect(try !results(graph).isEmpty) }
    }
  }
}
