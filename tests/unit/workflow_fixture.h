// Workflow files of tests/data and the table of runners.
#pragma once

#include "analysis/ci/runner_labels.h"
#include "analysis/workflow/bake_file.h"

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

/// The bake files of tests/data as those of a repository.
inline BakeSources bakeSources()
{
    const QString folder = QStringLiteral(LAYERLINE_SOURCE_DIR "/tests/data/bake/");
    return {{"/", "docker-bake.hcl\nservices.hcl"},
            {"docker-bake.hcl", readAll(folder + QStringLiteral("docker-bake.hcl"))},
            {"services.hcl", readAll(folder + QStringLiteral("services.hcl"))}};
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
