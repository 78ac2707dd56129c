import Foundation

/// Files of data, mapped into memory where that is possible.
enum FileContents {
  /// - Throws: `DataError.unreadable`, also for what is no regular file.
  static func data(of path: String) throws(DataError) -> Data {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .unreadable(file: path, reason: "there is no such file")
    }
    guard !isFolder.boolValue else { throw .unreadable(file: path, reason: "it is a folder") }
    let type = try? FileManager.default.attributesOfItem(atPath: resolved(path))[.type] as? FileAttributeType
    guard type == .typeRegular else {
      throw .unreadable(file: path, reason: "it is no regular file; save the data to one first")
    }
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
    } catch {
      throw .unreadable(file: path, reason: reason(error))
    }
  }

  private static func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  private static func reason(_ error: any Error) -> String {
    let code = (error as? CocoaError)?.code
    return switch code {
    case .fileReadNoPermission?: "permission denied"
    case .fileReadTooLarge?: "it is too large"
    default: "the system refuses it" + (code.map { " (\($0.rawValue))" } ?? "")
    }
  }
}
