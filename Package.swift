// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target compiles in Swift 6 mode with strict memory safety and without warnings.
let swiftSettings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

func library(_ name: String, needs dependencies: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: swiftSettings)
}

func tests(of name: String, needs dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: "\(name)Tests",
    dependencies: [.target(name: name), "_TestSupport"] + dependencies,
    swiftSettings: swiftSettings)
}

let package = Package(
  name: "nnopt",
  products: [.executable(name: "nnopt", targets: ["nnopt"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .executableTarget(
      name: "nnopt",
      dependencies: [
        "Reporting", "Firmware", "Passes", "Runtimes", "Execution", "ModelFiles", "MemoryPlanning",
        "GraphIR", "Tensors", "Boards",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "benchmark",
      dependencies: [
        "Reporting", "Firmware", "Passes", "Runtimes", "Execution", "ModelFiles", "MemoryPlanning",
        "GraphIR",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/Benchmark", swiftSettings: swiftSettings),
    library(
      "Reporting",
      needs: [
        "Firmware", "Execution", "Passes", "Runtimes", "Operators", "GraphIR", "MemoryPlanning", "Boards",
        "Tensors",
      ]),
    library(
      "Passes",
      needs: ["CKernels", "Execution", "Runtimes", "Operators", "MemoryPlanning", "GraphIR", "Tensors"]),
    library("Firmware", needs: ["Runtimes", "GraphIR", "Tensors", "Boards"]),
    library("Runtimes", needs: ["Operators", "GraphIR", "MemoryPlanning", "Tensors"]),
    library("Execution", needs: ["CImages", "CZlib", "Operators", "GraphIR", "Tensors"]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "CImages",
      cSettings: [.unsafeFlags(["-O2", "-Wall", "-Wextra", "-Werror"])],
      linkerSettings: [.linkedLibrary("png"), .linkedLibrary("jpeg")]),
    library("ModelFiles", needs: ["CTFLite", "GraphIR", "Tensors"]),
    .target(
      name: "CTFLite", exclude: ["tflite.fbs"],
      cxxSettings: [.define("NDEBUG"), .unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
    library("Operators", needs: ["CKernels", "GraphIR", "Tensors"]),
    .target(
      name: "CKernels",
      cSettings: [.unsafeFlags(["-O2", "-fwrapv", "-Wall", "-Wextra", "-Werror"])]),
    library("GraphIR", needs: ["Tensors"]),
    library("Tensors", needs: []),
    library("MemoryPlanning", needs: []),
    .target(
      name: "Boards", resources: [.embedInCode("Resources/boards.csv")],
      swiftSettings: swiftSettings),
    .target(
      name: "_TestSupport", dependencies: ["GraphIR", "Tensors"], path: "Tests/_TestSupport",
      swiftSettings: swiftSettings),
    tests(of: "Boards"),
    tests(of: "Execution", needs: ["ModelFiles", "Operators", "GraphIR", "Tensors"]),
    .testTarget(
      name: "FirmwareTests",
      dependencies: ["Firmware", "_TestSupport", "ModelFiles", "Runtimes", "GraphIR", "Tensors", "Boards"],
      exclude: ["Stubs"], swiftSettings: swiftSettings),
    tests(of: "GraphIR", needs: ["Tensors"]),
    tests(of: "MemoryPlanning"),
    tests(of: "ModelFiles", needs: ["GraphIR", "Tensors"]),
    .testTarget(
      name: "NnoptTests", dependencies: ["nnopt"], swiftSettings: swiftSettings),
    tests(of: "Operators", needs: ["GraphIR", "Tensors"]),
    tests(
      of: "Passes",
      needs: ["ModelFiles", "Execution", "Runtimes", "MemoryPlanning", "GraphIR", "Tensors"]),
    tests(
      of: "Reporting",
      needs: ["Firmware", "Passes", "Runtimes", "MemoryPlanning", "GraphIR", "Boards", "Tensors"]),
    tests(of: "Runtimes", needs: ["ModelFiles", "GraphIR", "Tensors"]),
    tests(of: "Tensors"),
  ],
  cxxLanguageStandard: .cxx17
)
