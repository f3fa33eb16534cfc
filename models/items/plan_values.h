// What the dialog of a build shows and gives back, as plain values; the application turns them into a plan.
#pragma once

#include "domain/platform.h"
#include "domain/time.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace layerline {

/// One platform that can be chosen, and what it would cost.
struct PlatformChoice {
    enum class Where {
        NativeHere,
        NativeOnNode, ///< `node` of the builder runs it natively
        Emulated,     ///< by QEMU; `factor` when it was measured
        Unavailable,  ///< the builder has neither a node nor an emulator for it
    };
    Platform platform;
    bool chosen = false;
    Where where = Where::NativeHere;
    std::string node;
    std::optional<Duration> usual; ///< plain median of past builds of the same target
    int samples = 0;               ///< how many there were
    std::optional<double> factor;  ///< emulated against native, same steps
    friend bool operator==(const PlatformChoice&, const PlatformChoice&) = default;
};

/// A secret or ssh key the build needs; its value is never kept.
struct SecretQuestion {
    std::string id;
    bool ssh = false;
    friend bool operator==(const SecretQuestion&, const SecretQuestion&) = default;
};

/// What a person can change before a build starts.
struct BuildForm {
    std::string context;    ///< folder or URL
    std::string dockerfile; ///< "" = the default
    std::string target;
    std::string builder;    ///< "" = the current one
    std::vector<std::string> tags;
    std::vector<PlatformChoice> platforms;
    bool push = false;
    bool keepGoing = false; ///< one build a platform, merged when all pass
    bool noCache = false;
    bool pull = false;
    friend bool operator==(const BuildForm&, const BuildForm&) = default;

    std::vector<Platform> chosen() const
    {
        std::vector<Platform> result;
        for (const PlatformChoice& choice : platforms) {
            if (choice.chosen)
                result.push_back(choice.platform);
        }
        return result;
    }
};

/// What the form leads to.
struct BuildPreview {
    std::string command;                ///< exactly what will run, quoted for a shell, without secrets
    std::vector<std::string> missing;   ///< sentences: what could not be recovered from the past build
    std::vector<std::pair<std::string, std::string>> obstacles; ///< what is wrong, what would help; none = it can start
    std::vector<SecretQuestion> secrets;
    friend bool operator==(const BuildPreview&, const BuildPreview&) = default;
};

/// Where an answer to a SecretQuestion comes from.
struct SecretAnswer {
    enum class Kind { Value, Variable, File };
    Kind kind = Kind::Value;
    std::string text;
};
using SecretAnswers = std::map<std::string, SecretAnswer>;

} // namespace layerline
