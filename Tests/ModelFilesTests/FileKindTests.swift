import Files
import Testing
import _TestSupport

@testable import GraphIR
@testable import ModelFiles

/// Files that are no models say what they are, and files that are nearly models are read.
@Suite struct FileKindTests {
  @Test(arguments: [
    ("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "Git LFS"),
    ("<!DOCTYPE html>\n<html><body>404</body></html>", "web page"), ("  <html lang=en>", "web page"),
    ("{\"signatures\": 1}", "JSON"), ("int main() { return 0; }", "text without a model"),
  ])
  func textsAreTold(text: String, kind: String) {
    #expect(FileKind.remark(on: [UInt8](text.utf8)).contains(kind))
  }

  private static let files: [(bytes: [UInt8], text: String, kind: String)] = [
    ([0x50, 0x4B, 3, 4], "....config.json..model.weights.h5", "Keras"),
    ([0x50, 0x4B, 3, 4], "....net/data.pkl", "PyTorch"), ([0x50, 0x4B, 3, 4], "\0", "ZIP"),
    ([0x08, 0x08, 0x12, 0x07], "pytorch", "ONNX"), ([0x08, 0x01, 0x12, 0x20, 0x0A], "serve", "SavedModel"),
    ([0x0A, 0x20, 0x0A, 0x01], "xPlaceholder\0", "frozen"), ([0x89, 0x48, 0x44, 0x46], "\r", "HDF5"),
    ([0x93], "NUMPY", "NumPy"), ([0x80, 2, 0x8A, 0x0A], "", "pickle"), ([0x7F], "ELF", "program"),
    ([1, 2, 3, 4, 5], "", "convert the model"),
  ]

  @Test(arguments: files.indices)
  func bytesAreTold(index: Int) {
    let file = Self.files[index]
    #expect(FileKind.remark(on: file.bytes + [UInt8](file.text.utf8)).contains(file.kind))
  }

  private func source(_ bytes: [UInt8], name: String) -> String {
    let numbers = bytes.map { "0x" + String($0, radix: 16) }.joined(separator: ", ")
    return """
      // Made by xxd { 1, 2 }
      #include <cstdint>
      alignas(16) const unsigned char \(name)[] PROGMEM = {
        \(numbers), /* the end, }; */
      };
      unsigned int \(name)_len = \(bytes.count);
      """
  }

  @Test func arraysInSourcesAreRead() throws {
    let bytes = try ModelFile.serialize(SampleModels.chain(.abs, .neg))
    let labels = "const int8_t labels[] = { 1, -2, 3, 4, 5, 6, 7, 8, 9 };\n"
    try TemporaryFolder.with { folder in
      try AtomicFile.write([UInt8]((labels + source(bytes, name: "g_model")).utf8), to: "\(folder)/model.cc")
      let model = try ModelFile.read(path: "\(folder)/model.cc")
      #expect(model.remarks == ["read from the C array 'g_model' of \(bytes.count) bytes"])
      #expect(try ModelFile.serialize(model) == bytes)
      let two = source(bytes, name: "first") + "\n" + source(bytes, name: "second")
      try AtomicFile.write([UInt8](two.utf8), to: "\(folder)/two.h")
      #expect {
        try ModelFile.read(path: "\(folder)/two.h")
      } throws: {
        "\($0)".hasSuffix("it holds several arrays of bytes ('first', 'second'): keep one model a file")
      }
    }
  }

  @Test func cutArraysAreNoModels() throws {
    let bytes = try ModelFile.serialize(SampleModels.chain(.abs, .neg))
    let text = [UInt8](source(bytes, name: "m").utf8)
    for count in [10, 90, 120, 400, text.count - 40] {
      let array = CArrayFile(Array(text.prefix(count)))
      #expect(array?.models.first?.bytes.count ?? 0 <= bytes.count)
    }
  }

  @Test func theIdentifierMayBeMissing() throws {
    var bytes = try ModelFile.serialize(SampleModels.chain(.abs, .neg))
    bytes.replaceSubrange(4..<8, with: [0, 0, 0, 0])
    let model = try ModelFile.parse(bytes, name: "old")
    #expect(model.remarks.count == 1)
    #expect(model.remarks[0].hasPrefix("bytes 4 to 7 are not TFL3"))
    bytes.removeLast(bytes.count / 2)
    #expect(throws: ModelFileError.self) { try ModelFile.parse(bytes, name: "cut") }
  }

  @Test func folderOfASavedModel() throws {
    try TemporaryFolder.with { folder in
      try AtomicFile.write([8, 1], to: "\(folder)/saved_model.pb")
      #expect {
        try ModelFile.read(path: folder)
      } throws: {
        "\($0)".contains("it is a SavedModel")
      }
    }
  }
}
