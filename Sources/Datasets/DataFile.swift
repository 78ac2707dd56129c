import Foundation
import Tensors

/// Opens one file of data for one input, by its name's ending or its first bytes.
enum DataFile {
  static func source(_ path: String, for port: InputPort) throws(DataError) -> any SampleSource {
    var isFolder: ObjCBool = false
    if unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      return try ImageSource(try ImageFolder(path), for: port.value, input: port.name)
    }
    let name = path.lowercased()
    if [".bin", ".raw", ".dat"].contains(where: name.hasSuffix) {
      return try raw(try FileContents.data(of: path), path, for: port)
    }
    if [".csv", ".txt"].contains(where: name.hasSuffix) {
      let table = try NumberTable.read(path)
      guard let array = table.array else { throw .noSamples(file: path) }
      return try source(array, path, for: port)
    }
    if name.hasSuffix(".npz") {
      return try ArchiveBinding.source(try NumPyArchive(path), path, for: port)
    }
    let data = try FileContents.data(of: path)
    guard name.hasSuffix(".npy") || data.starts(with: [0x93, UInt8(ascii: "N")]) else {
      throw .unsupported(
        file: path, reason: "nnopt reads .npy, .npz, .csv, .txt, .bin, .raw, .dat and folders of images")
    }
    return try source(try NumPyFile.parse(data, file: path), path, for: port)
  }

  /// - Throws: `wrongShape` naming both shapes.
  static func source(
    _ array: NumericArray, _ path: String, for port: InputPort
  ) throws(DataError) -> ArraySource {
    guard let count = SampleShape.sampleCount(of: array.shape, for: port.shape) else {
      if array.shape.elementCount == 0 { throw .noSamples(file: path) }
      throw .wrongShape(
        file: path, input: port.name, expected: SampleShape.expectation(for: port.shape),
        got: array.shape.description, hint: SampleShape.hint(for: array.shape, input: port.shape))
    }
    return ArraySource(
      name: path, sampleCount: count, array: array, elementCount: port.shape.elementCount)
  }

  private static func raw(_ data: Data, _ path: String, for port: InputPort) throws(DataError) -> ArraySource
  {
    let byteCount = port.value.byteCount
    guard byteCount > 0, !data.isEmpty else { throw .noSamples(file: path) }
    guard data.count % byteCount == 0, let width = port.value.elementType.bitWidth, width % 8 == 0,
      let shape = Shape([data.count / byteCount] + port.shape.dimensions),
      let array = NumericArray(shape: shape, elementType: port.value.elementType, storage: data)
    else {
      throw .wrongShape(
        file: path, input: port.name, expected: "\(byteCount) bytes a sample", got: "\(data.count) bytes",
        hint: "a raw file holds whole samples of \(port.value.elementType)")
    }
    return ArraySource(
      name: path, sampleCount: data.count / byteCount, array: array, elementCount: port.shape.elementCount)
  }
}

/// Which arrays of a .npz go to which inputs.
enum ArchiveBinding {
  /// The arrays by input: by name, or the only array for the only input.
  static func sources(
    _ archive: NumPyArchive, _ path: String, for ports: [InputPort]
  ) throws(DataError) -> [(input: Int, source: any SampleSource)] {
    if ports.count == 1 { return [(0, try source(archive, path, for: ports[0]))] }
    var result: [(Int, any SampleSource)] = []
    for (index, port) in ports.enumerated() {
      guard let name = archive.names.first(where: port.isCalled) else { continue }
      result.append((index, try DataFile.source(try archive.array(name), "\(path)(\(name))", for: port)))
    }
    return result
  }

  /// The array that an input is called by, or the only one.
  static func source(
    _ archive: NumPyArchive, _ path: String, for port: InputPort
  ) throws(DataError) -> any SampleSource {
    let names = archive.names
    guard let name = names.first(where: port.isCalled) ?? (names.count == 1 ? names[0] : nil) else {
      throw .inputNames(
        "\(path): it has no array for input '\(port.name)', only \(names.joined(separator: ", "))")
    }
    return try DataFile.source(try archive.array(name), "\(path)(\(name))", for: port)
  }
}
