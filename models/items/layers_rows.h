// Which steps of a build stand in which row of the Layers view. Pure.
#pragma once

#include "domain/build.h"

#include <QString>

#include <string>
#include <vector>

namespace layerline {

enum class LayerGroup { Stage, Internal, Export };

/// One row. A stage's group carries the steps of its FROM in `cells`, so that a pull is seen without a row of its own.
struct LayerRow {
    bool isGroup = false;
    LayerGroup group = LayerGroup::Stage;
    std::string key;              ///< identity across updates
    std::string groupKey;         ///< key of the group it belongs to
    QString keyword;              ///< "RUN" ...; not repeated in the title
    QString title;                ///< stage name, or the instruction's text with differing parts as {a|b}
    QString detail;               ///< groups: base image or parent stage; a RUN: its flags
    std::vector<StepIndex> cells; ///< one for each platform; noStep = not there; equal neighbours = shared
    std::vector<StepIndex> steps; ///< all steps of the row; of a group: those below it too
    int below = 0;                ///< groups: number of rows below; folds: number of steps
    bool fold = false;            ///< stands for the steps of a progress group; `cells` have one of them for each platform
    std::string foldKey;          ///< of a fold and of the rows below it: the fold's key
    friend bool operator==(const LayerRow&, const LayerRow&) = default;
};

/// All rows, groups followed by their steps: stages in order of first appearance, then what BuildKit does itself,
/// then the exports. `platforms` decides the cells; a step whose platforms are unknown stands in all of them.
std::vector<LayerRow> layerRows(const Build& build, const std::vector<Platform>& platforms);

/// "python:3.12-slim" and "1f0e...c2" of "FROM docker.io/library/python:3.12-slim@sha256:1f0e...": without the default
/// registry; the digest is shortened, "" when there is none.
struct BaseImage {
    QString name;
    QString digest;
};
BaseImage baseImage(const std::string& fromText);

/// "root-{amd64|arm64}/ /" of several texts of one instruction; the text itself when they are equal.
QString mergedText(const std::vector<std::string>& texts);

} // namespace layerline
