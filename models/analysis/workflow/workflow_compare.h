// What of a workflow must not change unnoticed: compared between two versions.
#pragma once

#include "analysis/workflow/job_legs.h"

#include <map>
#include <set>

namespace layerline {

enum class WorkflowProperty { Triggers, Permissions, Secrets, Registries, Images, TagRules, Platforms, BuildArgs, Labels, Caches, Runners };
const char* toString(WorkflowProperty property); ///< "tag-rules"

using WorkflowProperties = std::map<WorkflowProperty, std::set<std::string>>;

/// Every property as a set of texts; expressions are evaluated as far as the file tells, for each leg of a matrix.
WorkflowProperties propertiesOf(const Workflow& workflow, const Legs& legs);

struct PropertyDifference {
    WorkflowProperty property = WorkflowProperty::Triggers;
    std::vector<std::string> removed, added;
    friend bool operator==(const PropertyDifference&, const PropertyDifference&) = default;
};

/// Only the properties that differ.
std::vector<PropertyDifference> compareProperties(const WorkflowProperties& before, const WorkflowProperties& after);

/// "ghcr.io/me/app:v1" -> {"ghcr.io/me/app", ":v1"}; a colon in ${{ }} or of a port is none. Without a tag the second is empty.
std::pair<std::string, std::string> splitTag(std::string_view tag);
/// The names in an `images` input: "name=ghcr.io/me/app,enable=true" -> ghcr.io/me/app.
std::vector<std::string> imageNames(std::string_view images);

} // namespace layerline
