// What the dialog that changes a workflow shows and asks for, as plain values; the application fills and carries them out.
#pragma once

#include "domain/pipeline.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace layerline {

/// Where the wanted version comes from.
enum class WorkflowSource { Generate, History, Existing, Inputs };

enum class WorkflowRoute {
    PullRequest, ///< a branch and a pull request
    Commit,      ///< straight to the branch it was read from
    Trial,       ///< a run on a branch of its own, nothing else
    File,        ///< the file of a local clone
};

/// Everything chosen. Texts are as typed: the application checks them.
struct WorkflowWish {
    bool rollback = true;  ///< else: over to native runners
    bool local = false;
    QString place;         ///< "owner/name", or a folder
    QString branch;        ///< on GitHub; "" for the default one
    QString workflow;      ///< path; "" for the likeliest
    WorkflowSource source = WorkflowSource::Generate;
    QString from;          ///< commit or workflow of the source; "" for the first
    QString as;            ///< file to write instead; "" for the same
    QString runner;        ///< rollback: label of the emulated builds
    bool keepMatrix = false; ///< rollback: a job a platform still
    QStringList platforms; ///< migrate: built besides
    QStringList runners;   ///< migrate: "arm64=my-runner"
    bool cheapest = false, dispatch = false;
    QString warm;          ///< migrate: cron line
    QStringList paths;     ///< migrate: "linux/arm64=docker/arm64/**"
    QStringList inputs;    ///< "NAME=VALUE" for the runs that are started
    WorkflowRoute route = WorkflowRoute::PullRequest;
    bool trial = false;    ///< with a pull request: also a run on a branch of its own
    bool publish = false;  ///< the trial may publish
    friend bool operator==(const WorkflowWish&, const WorkflowWish&) = default;
    /// Everything reading depends on is the same.
    bool samePlace(const WorkflowWish& other) const
    {
        return rollback == other.rollback && local == other.local && place == other.place && branch == other.branch && workflow == other.workflow;
    }
};

/// A version or a workflow to take.
struct WorkflowChoice {
    QString id;   ///< commit or path
    QString text; ///< "3f2c9a1 · 12 Mar 2025 · Use QEMU"
    friend bool operator==(const WorkflowChoice&, const WorkflowChoice&) = default;
};

struct WorkflowSourceRow {
    WorkflowSource source = WorkflowSource::Generate;
    QString problem;                     ///< why it can't be taken, translated; "" when it can
    std::vector<WorkflowChoice> choices; ///< of history and existing
    friend bool operator==(const WorkflowSourceRow&, const WorkflowSourceRow&) = default;
};

/// What was found in a place.
struct WorkflowSurvey {
    QString workflow;       ///< the one that is meant now
    QString branch;         ///< on GitHub
    QStringList workflows;  ///< paths
    std::vector<WorkflowSourceRow> sources;
    QString style;          ///< "builds with QEMU", translated
    QString problem;        ///< why nothing could be read
};

struct WorkflowPropertyRow {
    QString name;
    QStringList removed, added; ///< both empty: it stays as it is
};

/// What a wish would do. Nothing of it has happened.
struct WorkflowPreview {
    QString problem;   ///< why it can't be done; the rest is empty then
    QString target;    ///< path that is written
    bool newFile = false, unchanged = false; ///< unchanged: nothing is written, a workflow is started
    QString was, becomes; ///< "native runners: amd64, arm64"
    QString diff;
    QStringList warnings, changes;
    std::vector<WorkflowPropertyRow> properties;
    QString calls;     ///< the exact requests, or the file that is written
    QString command;   ///< the same on the command line
    QString trialProblem; ///< why there can be no trial; "" when there can
};

struct WorkflowStepRow {
    enum class State { Pending, Running, Done, Existed, Failed };
    State state = State::Pending;
    QString text;   ///< "Open a pull request"
    QString detail; ///< branch, commit, address; what went wrong
    QString call;
    friend bool operator==(const WorkflowStepRow&, const WorkflowStepRow&) = default;
};

/// A run that came of it.
struct WorkflowRunRow {
    RunKey key;
    QString text;   ///< "#43 image, workflow_dispatch on layerline/…"
    RunState state = RunState::Unknown;
    Conclusion conclusion = Conclusion::None;
    friend bool operator==(const WorkflowRunRow&, const WorkflowRunRow&) = default;
};

struct WorkflowProgress {
    std::vector<WorkflowStepRow> steps;
    std::vector<WorkflowRunRow> runs;
    bool running = false;
    bool failed = false;   ///< can be taken up
    bool undoing = false;  ///< the steps are those of the way back
    bool undoable = false;
    bool merged = false;   ///< the branch it went to has it already: the way back is another change
    QString problem;       ///< why it failed, with what helps
};

} // namespace layerline
