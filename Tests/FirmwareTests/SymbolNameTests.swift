import Testing

@testable import Firmware

@Suite struct SymbolNameTests {
  @Test(arguments: [
    ("person_detect.tflite", "person_detect"), ("zoo/vww 96-int8.v2.tflite", "vww_96_int8_v2"),
    ("model.tflite", "model"), ("96.tflite", "model_96"), ("___.tflite", "model"), ("", "model"),
    ("for.tflite", "for_model"), ("main", "main_model"), ("ä\u{1B}*/x.tflite", "x"),
    ("__init__.tflite", "init"),
  ])
  func filesGiveIdentifiers(file: String, name: String) {
    #expect(SymbolName(fileName: file).text == name)
  }

  @Test(arguments: ["", "9a", "a-b", "a__b", "_a", "a_", "int", "tflite", "a b", "é"])
  func whatIsNoIdentifierIsRefused(text: String) {
    #expect(SymbolName(text) == nil)
  }

  @Test(arguments: [
    ("model", "g_model_data"), ("person_detect", "g_person_detect_model_data"),
    ("my_model", "g_my_model_data"), ("supermodel", "g_supermodel_model_data"),
  ])
  func arraysAreNamedAsInExamples(name: String, symbol: String) {
    #expect(SymbolName(name)?.dataSymbol == symbol)
    #expect(SymbolName(name)?.lengthSymbol == symbol + "_len")
  }

  @Test func longNamesAreCut() {
    #expect(SymbolName(fileName: String(repeating: "a", count: 500)).text.count == 60)
  }
}
