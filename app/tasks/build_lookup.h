// Turns what a user typed for BUILD into a build: a file, the demo, a ref, or a part of one.
#pragma once

#include "domain/build_set.h"
#include "domain/result.h"
#include "sources/files/file_caps.h"
#include "sources/files/file_progress.h"

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace layerline {

class History;

/// "demo", "demo:NAME", or the path of an existing file.
bool isBuildFile(const QString& build);
/// Names of the recordings inside the binary ("cold", "failed", "warm"), the one to begin with first.
QStringList demoNames();

/// The id of a job of ours ("ll-...") as what its build is known by: the reference of its first failed lane, else of its first,
/// else the client's log when no builder saw it. Anything else stays.
QString withoutJob(const QString& build);

/// Reads a file (or a recording) and reduces it into `set`. NotFound, BadInput, TooLarge with one line for people.
/// May be called on any thread; `progress` may be null, with it also Cancelled.
Result<void> loadBuildFile(const QString& build, BuildSet& set, const FileCaps& caps = {}, FileProgress* progress = nullptr);
/// The same without reducing, for a replay.
Result<std::vector<EventBatch>> readBuildFile(const QString& build, const FileCaps& caps = {}, FileProgress* progress = nullptr);

/// By ref, build id, or an unambiguous beginning of a ref of at least four characters.
const Build* findBuild(const BuildSet& set, const std::string& text);

/// Adds all builds of the history database that `except` does not have (records only, no steps).
/// Fails when the history can't be read; one that does not exist is empty.
Result<void> loadHistoryList(BuildSet& set, const BuildSet& except);
/// Loads one build with its steps and logs from the history database. What is missing of it is told to `problems`.
Result<BuildId> loadFromHistory(const std::string& text, BuildSet& set, std::vector<Error>* problems = nullptr);
/// The error of a History, with its place.
Error historyError(const History& history, const Error& error);

} // namespace layerline
