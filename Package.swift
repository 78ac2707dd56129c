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

/// The archive that `Scripts/package` has searched before those that the modules ask for; nil in other builds.
let firstArchive = Context.environment["NNOPT_LINK_FIRST"]

/// Where tests spend their time: compiled for speed in debug builds too, with every check of Swift's own.
let calculating: Set = ["MemoryPlanning"]

func library(
  _ name: String, exclude: [String] = [], needs dependencies: [Target.Dependency]
) -> Target {
  let speed: [SwiftSetting] =
    calculating.contains(name) ? [.unsafeFlags(["-O"], .when(configuration: .debug))] : []
  return .target(
    name: name, dependencies: dependencies, exclude: exclude, swiftSettings: swiftSettings + speed)
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
        "Reporting", "Zoo", "Workflows", "Firmware", "Passes", "Planning", "Runtimes", "Execution",
        "Datasets", "ModelFiles", "Files", "MemoryPlanning", "GraphIR", "Boards",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: swiftSettings),
    .executableTarget(
      name: "benchmark",
      dependencies: [
        "Workflows", "Firmware", "Passes", "Planning", "Runtimes", "Execution", "Datasets", "ModelFiles",
        "Files",
        "MemoryPlanning",
        "GraphIR", "_TestSupport",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/Benchmark", swiftSettings: swiftSettings),
    library(
      "Reporting", exclude: ["HTML/Resources"],
      needs: [
        "Zoo", "Workflows", "Firmware", "Execution", "Datasets", "Passes", "Planning", "Runtimes",
        "Operators",
        "ModelFiles",
        "GraphIR", "MemoryPlanning", "Files", "Boards", "Tensors",
      ]),
    library("Zoo", needs: ["CSQLite", "CZlib", "Files", "Boards"]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    library(
      "Workflows",
      needs: [
        "Firmware", "Passes", "Planning", "Execution", "Datasets", "Runtimes", "Operators", "ModelFiles",
        "Files",
        "GraphIR", "MemoryPlanning", "Boards", "Tensors",
      ]),
    library(
      "Passes",
      needs: [
        "CKernels", "Planning", "Execution", "Datasets", "Runtimes", "Operators", "MemoryPlanning",
        "Striping", "GraphIR",
        "Tensors",
      ]),
    library(
      "Planning",
      needs: ["Execution", "Datasets", "Runtimes", "Operators", "MemoryPlanning", "GraphIR", "Tensors"]),
    library("Firmware", needs: ["Planning", "Runtimes", "GraphIR", "Tensors", "Boards"]),
    library("Runtimes", needs: ["Operators", "GraphIR", "MemoryPlanning", "Boards", "Tensors"]),
    library("Execution", needs: ["Datasets", "Operators", "GraphIR", "Tensors"]),
    library("Datasets", needs: ["CImages", "CZlib", "GraphIR", "Tensors"]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "CImages",
      cSettings: [.unsafeFlags(["-O2", "-Wall", "-Wextra", "-Werror"])],
      linkerSettings: [.linkedLibrary("png"), .linkedLibrary("jpeg")]),
    library("ModelFiles", needs: ["CTFLite", "Files", "GraphIR", "Tensors"]),
    library("Files", needs: []),
    .target(
      name: "CTFLite", exclude: ["tflite.fbs"],
      cxxSettings: [.define("NDEBUG"), .unsafeFlags(["-Wall", "-Wextra", "-Werror"])]),
    library("Operators", needs: ["CKernels", "GraphIR", "Tensors"]),
    .target(
      name: "CKernels",
      cSettings: [.unsafeFlags(["-O2", "-fwrapv", "-Wall", "-Wextra", "-Werror"])]),
    library("GraphIR", needs: ["Tensors"]),
    library("Tensors", needs: []),
    library("MemoryPlanning", needs: ["Tensors"]),
    library("Striping", needs: ["Tensors"]),
    .target(name: "Boards", exclude: ["Resources"], swiftSettings: swiftSettings),
    .target(
      name: "_TestSupport", dependencies: ["GraphIR", "Tensors"], path: "Tests/_TestSupport",
      swiftSettings: swiftSettings),
    tests(of: "Boards"),
    tests(of: "Datasets", needs: ["GraphIR", "Tensors"]),
    tests(of: "Execution", needs: ["Datasets", "ModelFiles", "Operators", "GraphIR", "Tensors"]),
    tests(of: "Files"),
    .testTarget(
      name: "FirmwareTests",
      dependencies: [
        "Firmware", "_TestSupport", "Files", "ModelFiles", "Planning", "Runtimes", "GraphIR", "Tensors",
        "Boards",
      ],
      exclude: ["Stubs"], swiftSettings: swiftSettings),
    tests(of: "GraphIR", needs: ["Tensors"]),
    tests(of: "MemoryPlanning", needs: ["Tensors"]),
    tests(of: "ModelFiles", needs: ["Files", "GraphIR", "Tensors"]),
    .testTarget(
      name: "NnoptTests",
      dependencies: ["nnopt", "_TestSupport", "Zoo", "ModelFiles", "Planning", "Runtimes", "GraphIR"],
      swiftSettings: swiftSettings),
    tests(of: "Operators", needs: ["GraphIR", "Tensors"]),
    tests(
      of: "Passes",
      needs: [
        "ModelFiles", "Planning", "Execution", "Datasets", "Runtimes", "Operators",
        "MemoryPlanning", "GraphIR", "Tensors",
      ]),
    tests(
      of: "Planning",
      needs: ["ModelFiles", "Execution", "Datasets", "Runtimes", "MemoryPlanning", "GraphIR", "Tensors"]),
    tests(
      of: "Reporting",
      needs: [
        "Zoo", "Workflows", "Firmware", "Passes", "Planning", "Datasets", "Runtimes", "Operators",
        "ModelFiles",
        "MemoryPlanning",
        "GraphIR",
        "Boards", "Tensors",
      ]),
    tests(of: "Runtimes", needs: ["ModelFiles", "Operators", "GraphIR", "Boards", "Tensors"]),
    tests(of: "Striping", needs: ["Tensors"]),
    tests(of: "Tensors"),
    tests(of: "Zoo", needs: ["Files"]),
    tests(
      of: "Workflows",
      needs: [
        "ModelFiles", "Planning", "Passes", "Runtimes", "Execution", "Datasets", "GraphIR", "Boards",
        "Tensors",
      ]),
  ],
  cxxLanguageStandard: .cxx17
)

if let firstArchive {
  package.targets[0].linkerSettings = [.unsafeFlags([firstArchive, "-Xclang-linker", "-static-libgcc"])]
}

// `Scripts/fuzz` builds this target, which only links with -sanitize=fuzzer.
if Context.environment["NNOPT_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "Workflows", "Passes", "Planning", "Runtimes", "Execution", "Datasets", "ModelFiles",
        "MemoryPlanning",
        "GraphIR",
      ],
      path: "Tests/Fuzz", swiftSettings: swiftSettings,
      linkerSettings: [.unsafeFlags(["-use-ld=lld"])]))
}
