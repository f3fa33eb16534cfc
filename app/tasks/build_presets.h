// Builds people gave a name, kept by project folder. Holds ids of secrets, never a value.
#pragma once

#include "domain/result.h"
#include "items/plan_values.h"

#include <QString>

#include <nlohmann/json.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace layerline {

/// One file, {"schema":1,"projects":{FOLDER:{NAME:{..}}},"last":{FOLDER:NAME}}, which nobody else may read. Read anew for every question: another
/// window may have written it. What looks secret (values of build arguments, credentials in addresses) is left out.
class PresetStore {
public:
    /// "" keeps nothing. Who writes waits so long for another who does, and blocks meanwhile.
    explicit PresetStore(QString file, std::chrono::milliseconds patience = std::chrono::seconds(10)) : m_file(std::move(file)), m_patience(patience) {}

    /// Sorted. BadInput when the file is damaged; it is then left as it is.
    Result<std::vector<std::string>> names(const std::string& project) const;
    /// NotFound when there is none of that name. Its platforms have no costs yet.
    Result<BuildForm> load(const std::string& project, const std::string& name) const;
    /// Replaces one of the same name. BadInput (damaged file, no name), Permission (also when another holds the lock beside
    /// the file for too long).
    Result<void> save(const std::string& project, const std::string& name, const BuildForm& form) const;
    Result<void> remove(const std::string& project, const std::string& name) const;

    /// The one the project was built with last, while there is one of that name; "" when none was, or the file can't be read.
    std::string lastUsed(const std::string& project) const;
    /// `name` "" = it was built without one.
    Result<void> setLastUsed(const std::string& project, const std::string& name) const;

private:
    QString m_file;
    std::chrono::milliseconds m_patience;
};

/// As it is kept, without its name and any secret's value.
nlohmann::ordered_json presetJson(const BuildForm& form);
/// What keeps the form under a name from the command line; without a name what would build it. Masked, quoted for a shell.
std::string presetCommandText(const BuildForm& form, const std::string& name);

} // namespace layerline
