import Foundation
import Runtimes
import Testing

/// The methods of TFLM's resolver that `Runtimes` names, beside the header that compilation tests use.
@Suite struct ResolverMethodsTests {
  private static let declared: Set<String> = {
    let header = Samples.project.appending(
      path: "Tests/FirmwareTests/Stubs/tensorflow/lite/micro/micro_mutable_op_resolver.h")
    let text = (try? String(contentsOf: header, encoding: .utf8)) ?? ""
    return Set(text.matches(of: /TfLiteStatus (Add\w+)\(/).map { String($0.output.1) })
  }()

  @Test(arguments: TFLMOperator.all.map(\.method.name))
  func everyMethodIsDeclared(method: String) {
    #expect(Self.declared.contains(method))
  }
}
