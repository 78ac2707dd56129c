extension ZooRow {
  /// What tells a row from all others.
  var identity: [SQLiteValue] { [SQLiteValue(model), SQLiteValue(board)] }

  /// In the order of the database's columns.
  var values: [SQLiteValue] {
    identity + [
      SQLiteValue(verdict.rawValue), SQLiteValue(reason), SQLiteValue(digest), SQLiteValue(fileBytes),
      SQLiteValue(operators), SQLiteValue(stockBytes), SQLiteValue(plannedBytes), SQLiteValue(spareBytes),
      SQLiteValue(isProved), SQLiteValue(flashBytes), SQLiteValue(optimized?.fileBytes),
      SQLiteValue(optimized?.arenaBytes), SQLiteValue(optimized?.accuracy), SQLiteValue(output),
      SQLiteValue(commandLine), SQLiteValue(isVanished),
    ]
  }

  /// - Parameter values: in the order of the database's columns.
  init(values: [SQLiteValue]) {
    self.init(
      model: values[0].text ?? "", board: values[1].text ?? "",
      verdict: values[2].text.flatMap(Verdict.init) ?? .error, reason: values[3].text ?? "")
    digest = values[4].text ?? ""
    fileBytes = values[5].integer
    operators = values[6].integer
    stockBytes = values[7].integer
    plannedBytes = values[8].integer
    spareBytes = values[9].integer
    isProved = values[10].flag
    flashBytes = values[11].integer
    if let fileBytes = values[12].integer, let arenaBytes = values[13].integer {
      optimized = Optimized(fileBytes: fileBytes, arenaBytes: arenaBytes, accuracy: values[14].real)
    }
    output = values[15].text
    commandLine = values[16].text ?? ""
    isVanished = values[17].flag ?? false
  }
}
