// Workflow files of tests/data and the table of runners.
#pragma once

#include "analysis/ci/runner_labels.h"

#include <QFile>
#include <QString>

namespace layerline::test {

inline std::string readAll(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

inline std::string workflowText(const char* name)
{
    return readAll(QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/workflows/") + QString::fromLatin1(name));
}

inline const RunnerTable& runnerTable()
{
    static const RunnerTable table = [] {
        auto read = parseRunnerTable(readAll(QStringLiteral(LAYERLINE_SOURCE_DIR "/resources/data/runners.json")));
        return read ? *read : RunnerTable();
    }();
    return table;
}

} // namespace layerline::test
