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
        Unknown,      ///< the builder is not reached; it may start with the build
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
    bool optional = false; ///< the build may do without
    friend bool operator==(const SecretQuestion&, const SecretQuestion&) = default;
};

/// What a person can change before a build starts.
struct BuildForm {
    std::string context;    ///< folder, file or URL
    std::string dockerfile; ///< or a bake file; relative to the folder; "" = the usual one
    std::string target;     ///< of a bake file several, with spaces between
    std::string builder;    ///< "" = the current one
    std::vector<std::string> tags;
    std::vector<PlatformChoice> platforms;
    bool push = false;
    bool keepGoing = false; ///< one build a platform, merged when all pass
    bool noCache = false;
    bool pull = false;
    bool load = false;
    int atMost = 2;         ///< builds of Layerline's at once on the builder; others wait
    std::vector<std::string> arguments; ///< NAME=VALUE, or NAME: its value comes from the environment
    std::vector<std::string> contexts;  ///< NAME=WHAT
    std::vector<std::string> cacheFrom, cacheTo;
    std::vector<std::string> outputs;
    bool wholeCall = false; ///< all of a past bake call: its files and overrides stay, folder and file are only shown
    std::vector<std::string> secretIds; ///< of secrets nothing else names; their values are asked for
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
    std::vector<std::string> notes;     ///< sentences: what is good to know, "it waits for a place"
    bool incomplete = false;            ///< something has still to be entered: nothing is said, it just can't start
    bool baked = false;                 ///< a bake file: it names the images itself
    friend bool operator==(const BuildPreview&, const BuildPreview&) = default;
};

/// Where an answer to a SecretQuestion comes from.
struct SecretAnswer {
    enum class Kind { Value, Variable, File, Without };
    Kind kind = Kind::Value;
    std::string text;
};
using SecretAnswers = std::map<std::string, SecretAnswer>;

/// What lies in the folder a build is to be made of.
struct ProjectContents {
    std::vector<std::string> files;   ///< Dockerfiles and bake files, relative to the folder; none when a file was named
    std::vector<std::string> targets; ///< stages, or groups and targets of the bake file
    std::string problem;              ///< why they are not known, one line; "" = they are
    bool reading = false;             ///< an answer is under way
    std::string usual{};              ///< what no file means here when that is not "Dockerfile": the bake file
    friend bool operator==(const ProjectContents&, const ProjectContents&) = default;
};

/// What the next build is likely to add to the builder's disk. Bytes.
struct DiskOutlook {
    std::int64_t usual = 0, most = 0;
    int samples = 0;                  ///< past builds it rests on; 0 = no forecast
    std::optional<std::int64_t> free; ///< where the engine keeps its cache, when that is this machine
    std::string folder;
    bool isShort = false;
    friend bool operator==(const DiskOutlook&, const DiskOutlook&) = default;
};

/// A build of ours that no builder knows yet.
struct WaitingJob {
    std::string id, title, builder;
    int running = 0, limit = 0; ///< of ours on the builder
    friend bool operator==(const WaitingJob&, const WaitingJob&) = default;
};

} // namespace layerline
