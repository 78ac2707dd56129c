import Foundation
import GraphIR
import Tensors
import Testing
import _TestSupport

@testable import Firmware

/// A C++ compiler on this machine; all systems with Swift have one of these.
enum Compiler {
  static let path: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    for name in ["g++", "clang++", "c++"] {
      for folder in folders where FileManager.default.isExecutableFile(atPath: "\(folder)/\(name)") {
        return "\(folder)/\(name)"
      }
    }
    return nil
  }()

  /// Runs a command; what it writes on both streams is text.
  static func run(_ command: String, _ arguments: [String]) throws -> (status: Int32, output: Data) {
    let process = Process()
    process.executableURL = URL(filePath: command)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }
}

@Suite(.enabled(if: Compiler.path != nil, "there is no C++ compiler"))
struct CompilationTests {
  private static let stubs = Samples.project.appending(path: "Tests/FirmwareTests/Stubs").path
  private static let flags = ["-std=c++17", "-Wall", "-Wextra", "-Werror", "-I", stubs]

  /// Compiles sources without code, as a program with the stub headers would be; the answer is what it says.
  private func check(_ sources: [String], _ format: FirmwareFormat) throws -> String {
    let compiler = try #require(Compiler.path)
    let sketch = format == .arduino ? ["-include", "Arduino.h", "-x", "c++"] : []
    let result = try Compiler.run(compiler, Self.flags + ["-fsyntax-only"] + sketch + sources)
    return result.status == 0 ? "" : String(decoding: result.output, as: UTF8.self)
  }

  /// Writes files below a folder, and names those that a compiler takes.
  private func write(_ files: [GeneratedFile], _ folder: String) throws -> [String] {
    for file in files {
      let target = URL(filePath: "\(folder)/\(file.path)")
      try FileManager.default.createDirectory(
        at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.bytes).write(to: target)
    }
    return files.map(\.path).filter { [".cc", ".cpp", ".ino"].contains(where: $0.hasSuffix) }
      .map { "\(folder)/\($0)" }
  }

  @Test(arguments: FirmwareFormat.allCases)
  func everyModelCompilesWithoutWarnings(format: FirmwareFormat) throws {
    try TemporaryFolder.with { folder in
      var sources: [String] = []
      for name in Samples.names {
        let firmware = try Samples.firmware(name, format: format)
        // The arrays differ in their numbers only.
        let bytes = format == .c ? try Samples.bytes(name) : [1, 2, 3]
        sources += try write(firmware.files(model: bytes), "\(folder)/\(name)")
      }
      #expect(sources.count == 2 * Samples.names.count)
      #expect(try check(sources, format) == "")
    }
  }

  @Test(arguments: ["while_float32", "dscnn_int8"])
  func theArrayIsTheFile(name: String) throws {
    let compiler = try #require(Compiler.path)
    let bytes = try Samples.bytes(name)
    let symbol = SymbolName(fileName: name).dataSymbol
    try TemporaryFolder.with { folder in
      _ = try write(Samples.firmware(name).files(model: bytes), folder)
      let dump = """
        #include <stdint.h>
        #include <stdio.h>
        #include "model_data.h"
        int main() {
          if (reinterpret_cast<uintptr_t>(\(symbol)) % 16 != 0) return 1;
          return fwrite(\(symbol), 1, \(symbol)_len, stdout) == \(symbol)_len ? 0 : 2;
        }

        """
      try dump.write(toFile: "\(folder)/dump.cc", atomically: false, encoding: .utf8)
      let sources = ["\(folder)/dump.cc", "\(folder)/model_data.cc"]
      let built = try Compiler.run(compiler, Self.flags + sources + ["-o", "\(folder)/dump"])
      #expect(built.status == 0, "\(String(decoding: built.output, as: UTF8.self))")
      let dumped = try Compiler.run("\(folder)/dump", [])
      #expect(dumped.status == 0)
      #expect([UInt8](dumped.output) == bytes)
    }
  }

  @Test(arguments: FirmwareFormat.allCases)
  func strangeModelsCompileToo(format: FirmwareFormat) throws {
    try TemporaryFolder.with { folder in
      let firmware = try Samples.firmware(Self.strange, name: "*/ for\\\n", format: format)
      let sources = try write(firmware.files(model: [0]), folder)
      #expect(try check(sources, format) == "")
    }
  }

  /// Ports of every type, hostile names, custom operators, and an operator that TFLM lacks.
  private static let strange: Model = {
    var builder = GraphBuilder()
    var outputs: [ValueID] = []
    for type in ElementType.allCases {
      let input = builder.input("*/ \u{1B}\\\n\"\(type)", [1, 2], type)
      let output = builder.value("??/", [], type)
      builder.node(.custom, [input], [output], customName: "op \"\(type)\"\\\n*/")
      outputs.append(output)
    }
    builder.node(.gelu, [builder.input("empty", [0], .float32)], [builder.value("none", [0], .float32)])
    builder.outputs(outputs)
    return Model(graphs: [builder.graph])
  }()
}
