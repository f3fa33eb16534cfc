#include "analysis/workflow/workflow.h"

#include "analysis/workflow/expression.h"
#include "analysis/workflow/expression_tokens.h"
#include "analysis/workflow/workflow_check.h"
#include "analysis/workflow/yaml_scan.h"

#include <algorithm>
#include <cctype>

namespace layerline {

namespace {

std::string trimmed(std::string_view text)
{
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first == std::string_view::npos ? std::string() : std::string(text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1));
}

std::string textOf(const YamlNode* node)
{
    return node && node->isScalar() ? node->scalar : std::string();
}

TextMap textMap(const YamlNode* node)
{
    TextMap map;
    if (!node || !node->isMap())
        return map;
    for (const YamlEntry& entry : node->entries)
        map.emplace_back(entry.key->scalar, entry.value->isScalar() ? entry.value->scalar
                                            : entry.value->kind == YamlKind::Null ? std::string() : toJson(*entry.value).dump());
    return map;
}

std::vector<std::string> textList(const YamlNode* node)
{
    std::vector<std::string> list;
    if (node && node->isScalar())
        list.push_back(node->scalar);
    if (node && node->isSequence()) {
        for (const YamlEntry& entry : node->entries)
            list.push_back(textOf(entry.value.get()));
    }
    return list;
}

Permissions permissionsOf(const YamlNode* node)
{
    Permissions result;
    result.stated = node != nullptr;
    if (node && node->isScalar())
        result.scopes = {{"*", node->scalar == "write-all" ? "write" : "read"}};
    else
        result.scopes = textMap(node);
    return result;
}

std::vector<DeclaredInput> inputsOf(const YamlNode* event)
{
    std::vector<DeclaredInput> list;
    const YamlNode* inputs = event ? event->find("inputs") : nullptr;
    if (!inputs || !inputs->isMap())
        return list;
    for (const YamlEntry& entry : inputs->entries) {
        DeclaredInput input;
        input.name = entry.key->scalar;
        input.description = textOf(entry.value->find("description"));
        input.type = textOf(entry.value->find("type"));
        input.defaultValue = textOf(entry.value->find("default"));
        input.required = textOf(entry.value->find("required")) == "true";
        input.options = textList(entry.value->find("options"));
        list.push_back(std::move(input));
    }
    return list;
}

std::vector<WorkflowTrigger> triggersOf(const YamlNode& on)
{
    std::vector<WorkflowTrigger> triggers;
    if (on.isMap()) {
        for (const YamlEntry& entry : on.entries)
            triggers.push_back({entry.key->scalar, toJson(*entry.value), inputsOf(entry.value.get())});
    } else {
        for (const std::string& event : textList(&on))
            triggers.push_back({event, nullptr, {}});
    }
    return triggers;
}

ActionKind kindOf(const WorkflowStep& step)
{
    if (!step.uses)
        return ActionKind::Run;
    static const std::pair<const char*, ActionKind> table[] = {
        {"actions/checkout", ActionKind::Checkout},
        {"docker/setup-qemu-action", ActionKind::SetupQemu},
        {"docker/setup-buildx-action", ActionKind::SetupBuildx},
        {"docker/build-push-action", ActionKind::BuildPush},
        {"docker/bake-action", ActionKind::Bake},
        {"docker/login-action", ActionKind::Login},
        {"docker/metadata-action", ActionKind::Metadata},
        {"actions/upload-artifact", ActionKind::UploadArtifact},
        {"actions/download-artifact", ActionKind::DownloadArtifact},
        {"aws-actions/configure-aws-credentials", ActionKind::AwsCredentials},
        {"aws-actions/amazon-ecr-login", ActionKind::EcrLogin},
    };
    for (const auto& [name, kind] : table) {
        if (step.uses->name == name)
            return kind;
    }
    return ActionKind::Other;
}

/// The comment behind a value, on its line.
std::string_view commentAfter(std::string_view text, std::size_t end)
{
    const std::string_view rest = text.substr(end, lineAfter(text, end) - end);
    const std::size_t sign = rest.find('#');
    return sign == std::string_view::npos ? std::string_view() : rest.substr(sign);
}

WorkflowStep stepOf(const YamlEntry& entry, std::string_view text)
{
    const YamlNode& node = *entry.value;
    WorkflowStep step;
    step.entry = &entry;
    step.line = node.line;
    step.id = textOf(node.find("id"));
    step.name = textOf(node.find("name"));
    step.run = textOf(node.find("run"));
    step.condition = textOf(node.find("if"));
    step.with = textMap(node.find("with"));
    step.env = textMap(node.find("env"));
    if (const YamlNode* uses = node.find("uses"))
        step.uses = parseActionRef(uses->scalar, commentAfter(text, uses->end));
    step.kind = kindOf(step);
    return step;
}

WorkflowJob jobOf(const YamlEntry& entry, std::string_view text)
{
    const YamlNode& node = *entry.value;
    WorkflowJob job;
    job.entry = &entry;
    job.id = entry.key->scalar;
    job.line = entry.key->line;
    job.name = textOf(node.find("name"));
    job.condition = textOf(node.find("if"));
    job.needs = textList(node.find("needs"));
    job.runsOn = node.find("runs-on");
    job.strategy = node.find("strategy");
    job.matrix = job.strategy ? job.strategy->find("matrix") : nullptr;
    if (const YamlNode* environment = node.find("environment"))
        job.environment = environment->isMap() ? textOf(environment->find("name")) : environment->scalar;
    if (const YamlNode* uses = node.find("uses"))
        job.uses = parseActionRef(uses->scalar, commentAfter(text, uses->end));
    job.with = textMap(node.find("with"));
    job.env = textMap(node.find("env"));
    job.permissions = permissionsOf(node.find("permissions"));
    const YamlNode* steps = node.find("steps");
    if (steps && steps->isSequence()) {
        for (const YamlEntry& step : steps->entries)
            job.steps.push_back(stepOf(step, text));
    }
    return job;
}

int majorOf(std::string_view version)
{
    const std::size_t start = version.find_first_of("0123456789");
    if (start == std::string_view::npos || start > 1)
        return 0;
    int major = 0;
    for (std::size_t i = start; i < version.size() && std::isdigit(static_cast<unsigned char>(version[i])); ++i)
        major = major * 10 + (version[i] - '0');
    return major < 1000 ? major : 0;
}

} // namespace

std::string valueOf(const TextMap& map, std::string_view key)
{
    const auto found = std::find_if(map.begin(), map.end(), [&](const auto& pair) { return pair.first == key; });
    return found == map.end() ? std::string() : found->second;
}

bool hasKey(const TextMap& map, std::string_view key)
{
    return std::any_of(map.begin(), map.end(), [&](const auto& pair) { return pair.first == key; });
}

ActionRef parseActionRef(std::string_view uses, std::string_view comment)
{
    ActionRef result;
    const std::size_t sign = uses.rfind('@');
    std::string_view whole = uses.substr(0, sign);
    if (sign != std::string_view::npos)
        result.ref = std::string(uses.substr(sign + 1));
    if (whole.substr(0, 2) != "./" && whole.find("://") == std::string_view::npos) {
        const std::size_t first = whole.find('/');
        const std::size_t second = first == std::string_view::npos ? first : whole.find('/', first + 1);
        if (second != std::string_view::npos) {
            result.path = std::string(whole.substr(second + 1));
            whole = whole.substr(0, second);
        }
    }
    result.name = std::string(whole);
    if (whole.substr(0, 2) != "./")
        std::transform(result.name.begin(), result.name.end(), result.name.begin(), [](unsigned char c) { return char(std::tolower(c)); });
    result.pinned = result.ref.size() == 40 && result.ref.find_first_not_of("0123456789abcdef") == std::string::npos;
    if (!result.pinned) {
        result.major = majorOf(result.ref);
    } else if (const std::size_t version = comment.find_first_of("v0123456789"); version != std::string_view::npos) {
        result.major = majorOf(comment.substr(version));
    }
    return result;
}

const WorkflowTrigger* Workflow::trigger(std::string_view event) const
{
    const auto found = std::find_if(triggers.begin(), triggers.end(), [&](const WorkflowTrigger& t) { return t.event == event; });
    return found == triggers.end() ? nullptr : &*found;
}

const WorkflowJob* Workflow::job(std::string_view id) const
{
    const auto found = std::find_if(jobs.begin(), jobs.end(), [&](const WorkflowJob& j) { return j.id == id; });
    return found == jobs.end() ? nullptr : &*found;
}

Result<Workflow> parseWorkflow(std::string text, const YamlLimits& limits)
{
    auto document = parseYaml(std::move(text), limits);
    if (!document)
        return document.error();
    Workflow workflow;
    workflow.document = std::make_shared<const YamlDocument>(std::move(*document));
    const YamlNode& root = *workflow.document->root;
    if (const auto wrong = checkWorkflow(root))
        return *wrong;
    workflow.name = textOf(root.find("name"));
    workflow.triggers = triggersOf(*root.find("on"));
    workflow.permissions = permissionsOf(root.find("permissions"));
    workflow.env = textMap(root.find("env"));
    for (const YamlEntry& entry : root.find("jobs")->entries)
        workflow.jobs.push_back(jobOf(entry, workflow.text()));
    return workflow;
}

const char* toString(ActionKind kind)
{
    switch (kind) {
    case ActionKind::Run: return "run";
    case ActionKind::Checkout: return "checkout";
    case ActionKind::SetupQemu: return "setup-qemu";
    case ActionKind::SetupBuildx: return "setup-buildx";
    case ActionKind::BuildPush: return "build-push";
    case ActionKind::Bake: return "bake";
    case ActionKind::Login: return "login";
    case ActionKind::Metadata: return "metadata";
    case ActionKind::UploadArtifact: return "upload-artifact";
    case ActionKind::DownloadArtifact: return "download-artifact";
    case ActionKind::AwsCredentials: return "aws-credentials";
    case ActionKind::EcrLogin: return "ecr-login";
    case ActionKind::Other: break;
    }
    return "other";
}

std::vector<std::string> textLines(std::string_view text)
{
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        std::string line = trimmed(text.substr(0, end));
        if (!line.empty() && line[0] != '#')
            lines.push_back(std::move(line));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return lines;
}

std::vector<std::string> listItems(std::string_view text)
{
    std::vector<std::string> items;
    for (const std::string& line : textLines(text)) {
        std::size_t begin = 0;
        bool quoted = false;
        const auto add = [&](std::size_t end) {
            std::string item = trimmed(std::string_view(line).substr(begin, end - begin));
            if (!item.empty())
                items.push_back(std::move(item));
            begin = end + 1;
        };
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line.compare(i, 3, "${{") == 0) {
                const std::size_t end = expressionEnd(line, i + 3);
                i = end == std::string::npos ? line.size() : end + 1;
            } else if (line[i] == '"') {
                quoted = !quoted;
            } else if (line[i] == ',' && !quoted) {
                add(i);
            }
        }
        add(line.size());
    }
    return items;
}

} // namespace layerline
