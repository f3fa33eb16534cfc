// The arrows and the house rules of CONTRIBUTING.md as a scan of the source text: what the linker can't see.
#pragma once

#include <QString>
#include <QStringList>

namespace layerline::test {

struct Violation {
    QString file; ///< relative to the scanned root
    int line = 0; ///< 1-based; 0 when it is about the whole file
    QString rule; ///< short id: "arrow", "banned", "length", ...
    QString detail;
};

struct ScanResult {
    QList<Violation> violations;
    QList<int> functionLengths; ///< lines of every function body that opens at the left margin
    int files = 0;

    QStringList lines() const; ///< "file:line: rule: detail"
};

/// Scans models/, widgets/, app/ and tests/{unit,models,gui,support} below `root`. Folders that do not exist are skipped.
ScanResult scanTree(const QString& root);

/// C++ text with comments blanked and, when `blankStrings`, the contents of string literals too. Line breaks stay.
QString strippedCode(const QString& text, bool blankStrings);

} // namespace layerline::test
